/** A certificate for 127.0.0.1 by an authority that nobody knows, made anew by openssl. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export function certificates(): { ca: string; key: string; cert: string } {
  const dir = mkdtempSync(join(tmpdir(), 'elastic-tls-'));
  const run = (line: string): void =>
    void execFileSync('openssl', line.split(' '), { cwd: dir, stdio: 'pipe' });
  try {
    const key = '-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes';
    run(`req -x509 ${key} -keyout ca.key -out ca.pem -days 2 -subj /CN=Test-CA`);
    run(`req ${key} -keyout host.key -out host.csr -subj /CN=127.0.0.1`);
    writeFileSync(join(dir, 'ext'), 'subjectAltName=IP:127.0.0.1');
    run(
      'x509 -req -in host.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile ext -out host.pem',
    );
    const read = (name: string): string => readFileSync(join(dir, name), 'utf8');
    return { ca: read('ca.pem'), key: read('host.key'), cert: read('host.pem') };
  } finally {
    rmSync(dir, { recursive: true });
  }
}
