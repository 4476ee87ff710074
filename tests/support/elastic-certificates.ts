/** A certificate for 127.0.0.1 by an authority that nobody knows, made anew. */
import { generate } from 'selfsigned';

const DAYS_2 = 2 * 24 * 60 * 60_000;

/** All PEM. */
export async function certificates(): Promise<{ ca: string; key: string; cert: string }> {
  const common = {
    keyType: 'ec' as const,
    algorithm: 'sha256',
    notAfterDate: new Date(Date.now() + DAYS_2),
  };
  const ca = await generate([{ name: 'commonName', value: 'Test CA' }], {
    ...common,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const host = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
    ...common,
    ca: { key: ca.private, cert: ca.cert },
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
  });
  return { ca: ca.cert, key: host.private, cert: host.cert };
}
