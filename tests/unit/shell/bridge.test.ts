import { describe, expect, it } from 'vitest';
import { createBridge } from '../../../src/preload/bridge';

describe('the bridge (S3)', () => {
  const silent = {
    invoke: () => Promise.resolve(undefined),
    listen: () => () => undefined,
    pathOf: () => '',
  };

  it('has exactly these keys', () => {
    expect(Object.keys(createBridge(silent)).toSorted()).toEqual(['on', 'openDropped', 'request']);
  });

  it('asks main only for names of the contract', async () => {
    const asked: string[] = [];
    const bridge: { request(name: string, args: unknown): Promise<unknown> } = Object(
      createBridge({
        ...silent,
        invoke: (_channel, name) => {
          asked.push(name);
          return Promise.resolve({ ok: true, value: null });
        },
      }),
    );
    for (const name of ['', 'constructor', '__proto__', 'nightdesk:request', 'app.quit']) {
      expect(await bridge.request(name, undefined)).toMatchObject({ ok: false });
    }
    expect(await bridge.request('app.chooseDemo', undefined)).toEqual({ ok: true, value: null });
    expect(asked).toEqual(['app.chooseDemo']);
  });

  it('turns a lost connection into a failure without Electron’s words', async () => {
    const bridge = createBridge({
      ...silent,
      invoke: () => Promise.reject(new Error("Error invoking remote method 'nightdesk:request'")),
    });
    const reply = await bridge.request('app.chooseDemo', undefined);
    expect(reply.ok).toBe(false);
    expect(JSON.stringify(reply)).not.toContain('remote method');
  });

  it('hears only known pushes', () => {
    const channels: string[] = [];
    const bridge: { on(name: string, listener: () => void): () => void } = Object(
      createBridge({
        ...silent,
        listen: (channel) => {
          channels.push(channel);
          return () => undefined;
        },
      }),
    );
    bridge.on('notify.sound', () => undefined);
    expect(() => bridge.on('nightdesk:request', () => undefined)).toThrow(TypeError);
    expect(channels).toEqual(['nightdesk:push:notify.sound']);
  });
});
