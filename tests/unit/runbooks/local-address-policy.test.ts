import { describe, expect, it } from 'vitest';
import { addressKind, hostSpelling, productPolicy } from '../../../src/main/net/address-policy';
import { checkedAddresses } from '../../../src/main/net/resolve-host';

const never = (): never => {
  throw new Error('No name was to be looked up.');
};
const check = (url: string) => checkedAddresses(new URL(url).hostname, productPolicy, never);

describe('addresses nobody may reach', () => {
  it.each([
    '169.254.169.254',
    '169.254.170.2',
    'fe80::1',
    'fe80::1%eth0',
    'febf::1',
    'fd00:ec2::254',
    'fd00:ec2::23',
    'fd20:ce::254',
    '100.100.100.200',
    '168.63.129.16',
    '192.0.0.192',
    '0.0.0.0',
    '::',
    '224.0.0.1',
    '255.255.255.255',
    'ff02::1',
    '::ffff:169.254.169.254',
    '::ffff:a9fe:a9fe',
    '::169.254.169.254',
    '::ffff:0:169.254.169.254',
    '64:ff9b::169.254.169.254',
    '64:ff9b::a9fe:a9fe',
    '2002:a9fe:a9fe::1',
    '2001:0:4136:e378:8000:63bf:5601:5601',
    'no address',
  ])('%s', (address) => {
    expect(addressKind(address)).toBe('forbidden');
    expect(productPolicy(address, 'literal')).not.toBeNull();
  });

  it.each([
    'http://2852039166/',
    'http://0xa9fea9fe/',
    'http://0251.0376.0251.0376/',
    'http://169.254.43518/',
    'http://0xa9.0xfe.0xa9.0xfe/',
    'http://169.254.169.254./',
    'http://[::ffff:169.254.169.254]/',
    'http://[0:0:0:0:0:ffff:a9fe:a9fe]/',
    'http://[fd00:ec2:0:0::254]/',
    'http://①⑥⑨.254.169.254/',
  ])('%s in another spelling', async (url) => {
    await expect(check(url)).rejects.toMatchObject({ failure: { kind: 'denied' } });
  });
});

describe('other addresses', () => {
  it.each([
    ['93.184.216.34', 'public'],
    ['2606:2800:220:1::1', 'public'],
    ['::ffff:93.184.216.34', 'public'],
    ['169.253.1.1', 'public'],
    ['10.1.2.3', 'private'],
    ['172.31.255.255', 'private'],
    ['172.32.0.1', 'public'],
    ['192.168.1.1', 'private'],
    ['100.64.0.1', 'private'],
    ['fd12::1', 'private'],
    ['::ffff:10.0.0.1', 'private'],
    ['127.0.0.1', 'loopback'],
    ['127.9.9.9', 'loopback'],
    ['::1', 'loopback'],
    ['::ffff:127.0.0.1', 'loopback'],
  ] as const)('%s is %s', (address, kind) => {
    expect(addressKind(address)).toBe(kind);
  });

  it.each([
    ['localhost', 'localhost'],
    ['LOCALHOST.', 'localhost'],
    ['10.0.0.1', 'literal'],
    ['[::1]', 'literal'],
    ['jenkins', 'internal'],
    ['orders.internal', 'internal'],
    ['nas.home.arpa', 'internal'],
    ['orders.example.com', 'public'],
    ['internal.example.com', 'public'],
  ] as const)('%s is spelled %s', (host, spelling) => {
    expect(hostSpelling(host)).toBe(spelling);
  });

  it('reaches what is near only where it is spelled so', () => {
    expect(productPolicy('10.0.0.1', 'literal')).toBeNull();
    expect(productPolicy('10.0.0.1', 'internal')).toBeNull();
    expect(productPolicy('10.0.0.1', 'public')).toContain('private');
    expect(productPolicy('10.0.0.1', 'localhost')).toContain('private');
    expect(productPolicy('127.0.0.1', 'localhost')).toBeNull();
    expect(productPolicy('127.0.0.1', 'internal')).toContain('this computer');
    expect(productPolicy('93.184.216.34', 'public')).toBeNull();
  });

  it('refuses a name of which one address may not be reached', async () => {
    const resolve = async () => [
      { address: '93.184.216.34', family: 4 as const },
      { address: '169.254.169.254', family: 4 as const },
    ];
    await expect(
      checkedAddresses('rebind.example.com', productPolicy, resolve),
    ).rejects.toMatchObject({
      failure: { message: expect.stringContaining('rebind.example.com leads to 169.254.169.254') },
    });
  });
});
