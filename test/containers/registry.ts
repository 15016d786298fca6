// A registry on loopback with one image in it: a single layer with one file, and a command that is not there.
// Protocol: OCI Distribution Specification 1.1; manifest and configuration: Docker image manifest V2, schema 2.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { tarOf } from '../../src/edge/tar.ts';

export interface Registry {
  /** Reference of its image. */
  readonly image: string;
  /** Requests so far: method and path. */
  readonly requests: readonly string[];
  close(): void;
}

const MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json';
const digestOf = (bytes: Buffer) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

export async function startRegistry(): Promise<Registry> {
  const layer = tarOf({ path: 'etc/hello', content: Buffer.from('hello\n'), uid: 0, gid: 0 });
  const packed = gzipSync(layer);
  const config = Buffer.from(
    JSON.stringify({
      architecture: { x64: 'amd64', arm64: 'arm64' }[process.arch as string] ?? process.arch,
      os: 'linux',
      config: { Cmd: ['/there-is-no-such-command'] },
      rootfs: { type: 'layers', diff_ids: [digestOf(layer)] },
      history: [{ created: '1970-01-01T00:00:00Z' }],
    }),
  );
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: MANIFEST,
      config: {
        mediaType: 'application/vnd.docker.container.image.v1+json',
        size: config.length,
        digest: digestOf(config),
      },
      layers: [
        {
          mediaType: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
          size: packed.length,
          digest: digestOf(packed),
        },
      ],
    }),
  );
  const requests: string[] = [];
  const served = new Map([manifest, config, packed].map((bytes) => [digestOf(bytes), bytes]));
  served.set('1', manifest);
  const server = createServer(({ method, url = '' }, response) => {
    requests.push(`${method} ${url}`);
    const bytes = url === '/v2/' ? Buffer.from('{}') : served.get(url.split('/').at(-1) ?? '');
    if (!bytes) {
      const errors = [{ code: 'MANIFEST_UNKNOWN', message: 'manifest unknown' }];
      response.writeHead(404, { 'content-type': 'application/json' }).end(JSON.stringify({ errors }));
      return;
    }
    response.writeHead(200, {
      'content-type': bytes === manifest ? MANIFEST : 'application/octet-stream',
      'content-length': bytes.length,
      'docker-content-digest': digestOf(bytes),
    });
    response.end(method === 'HEAD' ? undefined : bytes);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    image: `127.0.0.1:${(server.address() as AddressInfo).port}/sql:1`,
    requests,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
