#!/usr/bin/env node
// Picks the file of this machine, and hands everything to it.
'use strict';
const { spawn } = require('node:child_process');
const { join } = require('node:path');

const os = { linux: 'linux', darwin: 'darwin', win32: 'windows' }[process.platform];
const arch = { x64: 'amd64', arm64: 'arm64' }[process.arch];
if (!os || !arch) {
  console.error(`triggers: there is no build for ${process.platform} ${process.arch}`);
  process.exit(1);
}
const file = join(__dirname, '..', 'dist', `triggers-${os}-${arch}${os === 'windows' ? '.exe' : ''}`);
const child = spawn(file, process.argv.slice(2), { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  // A terminal sends them to both; this process stays until the other has ended.
  process.on(signal, () => child.kill(signal));
}
child.on('error', (error) => {
  console.error(`triggers: ${error.message}`);
  process.exit(1);
});
child.on('exit', (code, signal) => process.exit(signal ? 1 : code));
