// Whoever opens a stream and reads nothing cannot be told anything: the place is given to others.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { test } from 'node:test';
import { accountOf, Client, freePort, httpRequest, openEvents, startServer, temporaryFolder, until } from './harness.mjs';

// More than the system takes in for a client that does not read. Units: bytes.
const large = 3 * 1024 * 1024;

async function openStreams(port) {
  const { text } = await httpRequest(port, 'GET', '/metrics');
  return Number(/^pcc_event_streams_open (\d+)$/m.exec(text)[1]);
}

/** A file and the stream behind it, asked for over one connection of which nothing is read. */
async function askAndNeverRead(client) {
  const socket = net.connect(client.port, '127.0.0.1').pause();
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.write('GET /large.svg HTTP/1.1\r\nHost: x\r\n\r\n');
  socket.write(`GET /api/v1/events HTTP/1.1\r\nHost: x\r\nCookie: ${client.cookie}\r\n\r\n`);
  return socket;
}

test('a stream that is not read is dropped, one that is read stays', async () => {
  const folder = await temporaryFolder();
  const consoleFolder = path.join(folder, 'console');
  await mkdir(consoleFolder);
  await writeFile(path.join(consoleFolder, 'index.html'), '<!doctype html>');
  await writeFile(path.join(consoleFolder, 'large.svg'), Buffer.alloc(large, ' '));
  const metrics = await freePort();
  const server = await startServer({ consoleFolder, options: ['--demo', '--metrics-listen', `127.0.0.1:${metrics}`] });
  try {
    const ana = await new Client(server).signIn(accountOf(server, 'admin', 'Aurora Hotels'));
    const read = await openEvents(ana);
    const unread = await askAndNeverRead(ana);
    await until(async () => await openStreams(metrics) === 2, 'both streams');
    await until(async () => await openStreams(metrics) === 1, 'the unread one to be dropped');
    assert.ok(!read.over, 'the other was ended');
    assert.ok(read.seen.filter(({ name }) => name === 'ping').length > 1);
    read.close();
    unread.destroy();
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
});
