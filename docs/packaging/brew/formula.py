"""The Homebrew formula, of the archives that are there: printed as Ruby."""

import hashlib
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import facts

TEMPLATE = '''\
class IntervalsIcuMcp < Formula
  desc "{description}"
  homepage "{repository}"
  version "{version}"
  license "{licence}"

{sources}
  def install
    bin.install "{name}"
    bin.install_symlink "{name}" => "{name}-auth"
    man1.install Dir["man/*.1"]
    bash_completion.install "completions/{name}.bash" => "{name}"
    zsh_completion.install "completions/_{name}"
    fish_completion.install "completions/{name}.fish"
    doc.install "THIRD-PARTY-LICENSES.txt", "config.example.toml"
  end

  test do
    assert_equal "{name} #{{version}}", shell_output("#{{bin}}/{name} --version").strip
    assert_match "Coast loop", shell_output("#{{bin}}/{name} call icu_get_recent_activities --demo")
  end
end
'''

SOURCE = '''\
  on_{system} do
    on_{processor} do
      url "{url}"
      sha256 "{digest}"
    end
  end
'''


def sources(package):
    release = facts.release(package["repository"], package["version"])
    for name, (_, _, _, blocks) in facts.PLATFORMS.items():
        if not blocks or not (triple := facts.triple(name)):
            continue
        archive = facts.OUT / f"{facts.NAME}-{package['version']}-{triple}.tar.gz"
        digest = hashlib.sha256(archive.read_bytes()).hexdigest()
        yield SOURCE.format(system=blocks[0], processor=blocks[1], url=f"{release}/{archive.name}", digest=digest)


def main():
    package = facts.package()
    found = list(sources(package))
    if not found:
        sys.exit("error: there is no archive that Homebrew could install")
    print(TEMPLATE.format(
        name=facts.NAME, description=package["description"], repository=package["repository"], version=package["version"],
        licence=package["license"], sources="\n".join(found),
    ), end="")


main()
