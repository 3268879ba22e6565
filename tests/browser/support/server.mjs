// Serves a folder on this machine as a plain web host would: folders by their index.html, and 404.html for the rest.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';

const types = {
  html: 'text/html; charset=utf-8', css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml', xml: 'application/xml; charset=utf-8', txt: 'text/plain; charset=utf-8', json: 'application/json',
  png: 'image/png', jpg: 'image/jpeg', webp: 'image/webp', avif: 'image/avif', woff2: 'font/woff2', ico: 'image/x-icon',
};

/** `extra` holds pages of the test's own, by their address. */
export async function serve(folder, extra = {}) {
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    if (extra[pathname] !== undefined) return send(response, 200, 'html', extra[pathname]);
    const file = fileAt(folder, pathname);
    if (file) return send(response, 200, file.split('.').at(-1), fs.readFileSync(file));
    const lost = path.join(folder, '404.html');
    return send(response, 404, 'html', fs.existsSync(lost) ? fs.readFileSync(lost) : 'not found');
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close: () => { server.closeAllConnections(); return new Promise((closed) => server.close(closed)); },
  };
}

function fileAt(folder, pathname) {
  let name;
  try { name = decodeURIComponent(pathname); } catch { return null; }
  const file = path.join(folder, name.endsWith('/') ? name + 'index.html' : name);
  return file.startsWith(folder + path.sep) && fs.existsSync(file) && fs.statSync(file).isFile() ? file : null;
}

function send(response, status, extension, body) {
  response.writeHead(status, { 'content-type': types[extension] ?? 'application/octet-stream', 'cache-control': 'no-cache' });
  response.end(body);
}
