import { describe, expect, test } from 'vitest';
import { parsePattern } from '../../../src/demo/logs/filter/pattern';

const matching = (pattern: string, messages: readonly string[]): number[] =>
  messages.flatMap((message, index) => (parsePattern(pattern).matches(message) ? [index] : []));

describe('terms', () => {
  const messages = [
    'ERROR WARN message',
    'ERROR message',
    'WARN message',
    '[ERROR 400] BAD REQUEST',
    'Exiting with ERRORCODE: -1',
    'INTERNAL SERVER ERROR',
    'error in lower case',
  ];
  test.each([
    ['', [0, 1, 2, 3, 4, 5, 6]],
    [' ', [0, 1, 2, 3, 4, 5, 6]],
    ['ERROR', [0, 1, 3, 4, 5]],
    ['ERROR WARN', [0]],
    ['ERROR -WARN', [1, 3, 4, 5]],
    ['?ERROR ?WARN', [0, 1, 2, 3, 4, 5]],
    ['"INTERNAL SERVER ERROR"', [5]],
    ['ERROR -"BAD REQUEST" -Exiting', [0, 1, 5]],
    ['-ERROR', [2, 6]],
    // Alternatives beside other terms are ignored.
    ['?nowhere message', [0, 1, 2]],
    ['%ERROR \\d{3}%', [3]],
    ['%^WARN%', [2]],
    ['ñandú', []],
  ])('%j', (pattern, expected) => {
    expect(matching(pattern, messages)).toEqual(expected);
  });

  test('letters of any script need no quotes', () => {
    expect(parsePattern('Khách').matches('Khách hàng')).toBe(true);
  });
});

describe('JSON', () => {
  const event = JSON.stringify({
    eventType: 'UpdateTrail',
    sourceIPAddress: '111.111.111.111',
    arrayKey: ['value', 'another value'],
    objectList: [
      { name: 'a', id: 1 },
      { name: 'b', id: 2 },
    ],
    SomeObject: null,
    ThisFlag: true,
    user: { id: 1, email: 'John.Stiles@example.com' },
    coordinates: [
      [0, 1, 2],
      [4, 5, 6],
    ],
    latency: 540.5,
    code: '404',
    'key-with-dash': 'x',
    'with.dot': 'y',
  });
  test.each([
    ['{ $.eventType = "UpdateTrail" }', true],
    ['{$.eventType=UpdateTrail}', true],
    ['{ $.eventType = "Update*" }', true],
    ['{ $.eventType = *Trail }', true],
    ['{ $.eventType = "update*" }', false],
    ['{ $.sourceIPAddress != 123.123.* }', true],
    ['{ $.sourceIPAddress = 111.111.* }', true],
    ['{ $.arrayKey[0] = "value" }', true],
    ['{ $.arrayKey[1] = "value" }', false],
    ['{ $.arrayKey[*] = "another value" }', true],
    ['{ $.objectList[1].id = 2 }', true],
    ['{ $.objectList[*].name = b }', true],
    ['{ $.coordinates[1][2] = 6 }', true],
    ['{ $.SomeObject IS NULL }', true],
    ['{ $.user IS NULL }', false],
    ['{ $.SomeOtherObject NOT EXISTS }', true],
    ['{ $.SomeObject NOT EXISTS }', false],
    ['{ $.ThisFlag IS TRUE }', true],
    ['{ $.ThisFlag IS FALSE }', false],
    ['{ ($.user.id = 1) && ($.objectList[0].name = "a") }', true],
    ['{ ($.user.id = 2 && $.user.email = "nonmatch") || $.arrayKey[0] = "nonmatch" }', false],
    ['{ $.user.id = 1 || $.user.id = 2 && $.eventType = none }', true],
    ['{ ($.user.id = 1 || $.user.id = 2) && $.eventType = none }', false],
    ['{ $.latency > 500 }', true],
    ['{ $.latency >= 5.405e2 }', true],
    ['{ $.latency < +540 }', false],
    ['{ $.latency != 540.5 }', false],
    ['{ $.code = 404 }', true],
    ['{ $.code >= 400 }', true],
    // A list or an object is neither equal nor unequal to anything.
    ['{ $.arrayKey = 1 }', false],
    ['{ $.arrayKey != 1 }', false],
    ['{ $.missing != 1 }', false],
    ['{ $.eventType = %Up[a-z]+Trail% }', true],
    ['{ $.eventType = %^Trail% }', false],
    ['{ $.key-with-dash = x }', true],
    ['{ $.["with.dot"] = y }', true],
    ['{ $.user.* = 1 }', true],
  ])('%j', (pattern, expected) => {
    expect(parsePattern(pattern).matches(event)).toBe(expected);
  });

  test('what is no JSON never matches', () => {
    for (const message of ['', 'text', '{"a":', '"a"', '12', '{"a": 1} trailing']) {
      expect(parsePattern('{ $.a != 5 }').matches(message)).toBe(false);
      expect(parsePattern('{ $.b NOT EXISTS }').matches(message)).toBe(false);
    }
  });
});

describe('space-delimited', () => {
  const line = (status: number, bytes: number): string =>
    `127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] "GET /index.html HTTP/1.0" ${status} ${bytes}`;
  const messages = [line(200, 1534), line(500, 5324), line(404, 900)];
  test.each([
    ['[ip, user, username, timestamp, request, status_code, bytes]', [0, 1, 2]],
    ['[ip, user, username]', []],
    ['[..., status_code, bytes]', [0, 1, 2]],
    ['[ip, user, ..., status_code = 4*, bytes]', [2]],
    ['[ip, user, ...]', [0, 1, 2]],
    ['[ip, user, username, timestamp, request, status_code, bytes > 1000]', [0, 1]],
    ['[ip, user, username, timestamp, request = *html*, status_code = 4*, bytes]', [2]],
    ['[..., status_code = 4* || status_code = 5*, bytes]', [1, 2]],
    ['[..., status_code >= 200 && status_code != 404, bytes]', [0, 1]],
    ['[ip = 127.0.*, ...]', [0, 1, 2]],
    ['[..., request = %GET /[a-z]+%, status_code, bytes < 1000]', [2]],
    ['[..., request = "GET /index.html HTTP/1.0", status_code = 500, bytes]', [1]],
    ['[w1 = ERROR || w1 = WARN, ...]', []],
  ])('%j', (pattern, expected) => {
    expect(matching(pattern, messages)).toEqual(expected);
  });

  test('what it takes from a line, by name and by place', () => {
    const pattern = parsePattern('[..., request = *.html*, status_code = 4*, bytes]');
    expect(pattern.extract(line(404, 1534))).toEqual({
      $1: '127.0.0.1',
      $2: '-',
      $3: 'frank',
      $4: '10/Oct/2000:13:25:15 -0700',
      $request: 'GET /index.html HTTP/1.0',
      $status_code: '404',
      $bytes: '1534',
    });
  });
});

describe('mistakes, in AWS’s words', () => {
  test.each([
    ['user@example.com', "Invalid character(s) in term 'user@example.com'"],
    ['""', 'Invalid character(s) in term \'""\''],
    ['"open', 'Invalid filter pattern'],
    ['{ $.a = 1', "If a filter pattern starts with '{' it must end with '}'"],
    ['[a, b', "If a filter pattern starts with '[' it must end with ']'"],
    ['{ $.a }', 'Invalid filter pattern'],
    ['{ a = 1 }', "Invalid character(s) in term 'a'"],
    ['{ $.a = 1 && }', "Invalid character(s) in term ''"],
    ['{ $.a > x }', "Invalid character(s) in term 'x'"],
    ['{ ($.a = 1 }', 'Invalid filter pattern'],
    ['{ $.a = 1 $.b = 2 }', 'Invalid filter pattern'],
    ['[a, ..., b, ...]', 'Invalid filter pattern'],
    ['[a = 1 && b = 2]', 'Invalid filter pattern'],
    ['%(group)%', "Invalid character(s) in term '%(group)%'"],
    ['{ $.a = %x% || $.b = %y% || $.c = %z% }', 'Invalid filter pattern'],
  ])('%j', (pattern, message) => {
    expect(() => parsePattern(pattern)).toThrow(message);
  });

  test('too long', () => {
    expect(() => parsePattern('x'.repeat(1025))).toThrow(
      'failed to satisfy constraint: Member must have length less than or equal to 1024',
    );
  });
});
