// Starts the binary of this platform: the same streams, the same signals, the same end.
'use strict';

const { spawn } = require('node:child_process');

const NAME = 'intervals-icu-mcp';
// SIGHUP makes the server read its configuration again; SIGINT comes to both from a terminal, and once is as good as twice.
const PASSED_ON = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];

function binary() {
  const platform = `${process.platform}-${process.arch}`;
  const file = process.platform === 'win32' ? `${NAME}.exe` : NAME;
  try {
    return require.resolve(`@${NAME}/${platform}/bin/${file}`);
  } catch {
    const known = Object.keys(require('../package.json').optionalDependencies).map((name) => name.split('/')[1]);
    const remedy = known.includes(platform)
      ? `Install again without --omit=optional or --no-optional, on the machine that runs it.`
      : `There are binaries for ${known.join(', ')}; elsewhere build it: cargo install ${NAME}`;
    process.stderr.write(`error: the binary for ${platform} is not installed. ${remedy}\n`);
    process.exit(2);
  }
}

module.exports = function launch(before) {
  const child = spawn(binary(), [...before, ...process.argv.slice(2)], { stdio: 'inherit', windowsHide: true });
  for (const signal of PASSED_ON) {
    process.on(signal, () => child.kill(signal));
  }
  child.on('error', (error) => {
    process.stderr.write(`error: ${NAME} cannot be started: ${error.message}\n`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => {
    if (signal === null) {
      process.exit(code);
    }
    // Whoever waits for us learns how it ended.
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
};
