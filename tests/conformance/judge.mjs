// Holds one run of the suite against expected.txt. Arguments: the server's name, the era, the folder of results, the suite's output.
import { readFileSync, readdirSync } from 'node:fs';

const [server, era, results, output] = process.argv.slice(2);

const expected = readFileSync(new URL('expected.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line && !line.startsWith('#'))
  .map((line) => line.split(/ (?<!\\)\| /))
  .filter(([servers]) => servers.split(' ').includes(server))
  .map(([, name, says, why]) => ({
    name,
    fits: new RegExp(`^${name.replaceAll('*', '.*')}$`),
    says: new RegExp(says.replaceAll('\\|', '|')),
    why,
  }));

const said = readFileSync(output, 'utf8');
const summary = said.split('=== SUMMARY ===')[1] ?? '';
const unscored = new Map([...summary.matchAll(/^ {2}[✓✗] (\S+) \(([\w-]+)\)$/gm)].map(([, name, why]) => [name, why]));
const ran = [...summary.matchAll(/^[✓✗] (\S+): \d+ passed/gm)].map(([, name]) => name);

const faults = [];
const counts = { scored: [0, 0, 0], unscored: [0, 0, 0] };
const notApplicable = [];
const remarks = [];
for (const name of ran) {
  const folders = readdirSync(results).filter((folder) => folder.replace(/-\d{4}-\d\d-\d\dT[\d-]+Z$/, '') === `server-${name}`);
  const checks = folders.flatMap((folder) => JSON.parse(readFileSync(`${results}/${folder}/checks.json`, 'utf8')));
  if (checks.length === 0) faults.push(`${name} left no checks`);
  const failed = checks.filter(({ status }) => status === 'FAILURE');
  const entry = expected.find(({ fits }) => fits.test(name));
  const odd = failed.filter(({ errorMessage }) => !entry?.says.test(errorMessage));
  for (const { id, errorMessage } of odd) faults.push(`${name}, ${id}: ${errorMessage}`);
  if (failed.length === 0 && entry?.name === name) faults.push(`${name} passes: take it out of expected.txt for ${server}`);
  const outcome = failed.length === 0 ? 0 : odd.length > 0 ? 1 : 2;
  counts[unscored.has(name) ? 'unscored' : 'scored'][outcome] += 1;
  if (outcome === 2) notApplicable.push(`${name}${unscored.has(name) ? `, not scored (${unscored.get(name)})` : ''}: ${entry.why}`);
  for (const { id, status, errorMessage } of outcome === 0 ? checks : []) {
    if (status === 'WARNING') remarks.push(`${name}, ${id}: ${errorMessage}`);
    if (status === 'SKIPPED') remarks.push(`${name}, ${id}: skipped`);
  }
}
if (ran.length === 0) faults.push('the suite ran no scenario');

const told = ([passed, failed, none]) => `${passed} passed, ${failed} failed, ${none} not applicable`;
console.log(`${era}, ${server}: ${told(counts.scored)} of the scored scenarios; ${told(counts.unscored)} of the others`);
const list = (title, lines) => lines.forEach((line) => console.log(`  ${title}  ${line}`));
list('FAILED', faults);
list('not applicable', notApplicable);
list('remark', remarks);
process.exit(faults.length > 0 ? 1 : 0);
