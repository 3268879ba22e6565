// An author: a guide of their own on disk, and `betwixt serve` running on it.
import fs from 'node:fs';
import path from 'node:path';
import { spawn } from 'node:child_process';
import { betwixt, program, root, temporaryFolder } from './site.mjs';

const running = new Set();
process.on('exit', () => { for (const one of running) one.kill('SIGKILL'); });

/** The guide for two that `betwixt init` makes, with these files put into it. */
export function starter(files = {}) {
  const folder = path.join(temporaryFolder('serve'), 'guide');
  const made = betwixt(['init', '--kind', 'couple', folder], '/');
  if (made.status !== 0) throw new Error(made.stderr);
  return new Guide(folder).writeAll(files);
}

/** A copy of *Nearer*. */
export function nearer(files = {}) {
  const folder = temporaryFolder('serve');
  for (const name of ['content', 'site.toml', 'themes']) fs.cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
  return new Guide(folder).writeAll(files);
}

/** The files of a guide, as its author has them. */
class Guide {
  constructor(folder) { this.folder = folder; }

  at(name) { return path.join(this.folder, name); }

  read(name) { return fs.readFileSync(this.at(name), 'utf8'); }

  /** `words` may be a function of what the file says. */
  write(name, words) {
    const text = typeof words === 'function' ? words(this.read(name)) : words;
    fs.mkdirSync(path.dirname(this.at(name)), { recursive: true });
    fs.writeFileSync(this.at(name), text);
  }

  writeAll(files) {
    for (const [name, words] of Object.entries(files)) this.write(name, words);
    return this;
  }

  remove(name) { fs.rmSync(this.at(name), { recursive: true }); }

  /** Writes a file, does the work, and makes the file again what it was. */
  async while(name, words, work) {
    const before = fs.existsSync(this.at(name)) ? fs.readFileSync(this.at(name)) : null;
    if (words === null) this.remove(name);
    else this.write(name, words);
    await work();
    if (before === null) this.remove(name);
    else this.write(name, before);
  }
}

/** Starts the server and waits until it says where the guide is. */
export async function serveGuide(guide, { port = 0, env = {} } = {}) {
  const server = spawn(program(), ['serve', '--root', guide.folder, '--port', String(port)], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, NO_COLOR: '1', DISPLAY: '', WAYLAND_DISPLAY: '', ...env },
  });
  running.add(server);
  const ended = new Promise((done) => server.once('exit', () => { running.delete(server); done(); }));
  let said = '';
  const address = await new Promise((done, failed) => {
    server.stderr.setEncoding('utf8').on('data', (words) => {
      said += words;
      const found = /the guide is at (http:\/\/\S+)/.exec(said);
      if (found) done(found[1]);
    });
    ended.then(() => failed(new Error(`the server ended:\n${said}`)));
  });
  const end = (signal) => { server.kill(signal); return ended; };
  return { address, origin: new URL(address).origin, said: () => said, kill: () => end('SIGKILL'), stop: () => end('SIGINT') };
}
