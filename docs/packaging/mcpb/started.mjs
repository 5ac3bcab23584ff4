// How a host starts the bundle that lies in a folder, by the rules of its own library: prints the variables and the command, NUL
// between them. `node started.mjs LIBRARY FOLDER`
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [library, folder] = process.argv.slice(2);
const { getMcpConfigForManifest } = await import(pathToFileURL(path.join(library, 'dist/index.js')));
const manifest = JSON.parse(fs.readFileSync(path.join(folder, 'manifest.json'), 'utf8'));
const started = await getMcpConfigForManifest({
  manifest,
  extensionPath: folder,
  systemDirs: {},
  // Only what a user must say.
  userConfig: { api_key: 'none' },
  pathSeparator: path.sep,
});
const variables = Object.entries(started.env).map(([name, value]) => `${name}=${value}`);
process.stdout.write([...variables, started.command, ...started.args].join('\0'));
