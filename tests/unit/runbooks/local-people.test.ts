/** Steps that ask a person or show something. */
import { describe, expect, it } from 'vitest';
import type { OpenRequest } from '../../../src/shared/runbooks/open-target';
import { stepKindSchema } from '../../../src/shared/runbooks/step-kinds';
import { askPerson } from '../../../src/main/runbooks/actions/local/ask';
import { note } from '../../../src/main/runbooks/actions/local/note';
import { openPlace } from '../../../src/main/runbooks/actions/local/open';
import { shapedHandler } from '../../support/step-outputs';
import { stepContext, valueIn } from '../../integration/runbooks/local-rig';

const ask = (more: object, answers: string[], told = stepContext({}, answers)) =>
  shapedHandler(askPerson).run(
    stepKindSchema.parse({ kind: 'ask', question: 'Which?', ...more }),
    told.context,
    null,
  );

describe('a question', () => {
  it('takes what fits and asks again for what does not', async () => {
    const told = stepContext({}, ['x', '12 ', '12']);
    const output = await ask({ answer: 'text', pattern: '[0-9]+' }, [], told);
    expect(valueIn(output)).toBe('12');
    expect(told.questions).toHaveLength(3);
    expect(told.said).toEqual(Array(2).fill('It does not fit the pattern [0-9]+.'));
    const chosen = await ask({ answer: 'choose', choices: ['a', 'b'] }, ['c', 'b']);
    expect(valueIn(chosen)).toBe('b');
  });

  it('fails on a no', async () => {
    expect(valueIn(await ask({ answer: 'confirm' }, ['yes']))).toBe('yes');
    await expect(ask({ answer: 'confirm' }, ['no'])).rejects.toThrow('answered with no');
    await expect(ask({ answer: 'confirm' }, [''])).rejects.toThrow('answered with no');
  });

  it('nobody could answer is refused in the plan', async () => {
    const { context } = stepContext();
    const looked = (more: object) =>
      shapedHandler(askPerson).effect(
        stepKindSchema.parse({ kind: 'ask', question: '?', ...more }),
        context,
      );
    await expect(looked({ answer: 'choose' })).rejects.toThrow('has none');
    await expect(ask({ answer: 'text', pattern: '(' }, ['x'])).rejects.toThrow('pattern');
  });

  it('ends at once when the step is told to stop', async () => {
    const told = stepContext({ ask: () => new Promise(() => undefined) });
    const going = ask({ answer: 'confirm' }, [], told);
    told.abort.abort();
    await expect(going).rejects.toMatchObject({ failure: { kind: 'cancelled' } });
  });
});

it('a note gives its text', async () => {
  const action = stepKindSchema.parse({ kind: 'note', text: 'Call the *team*.' });
  expect(valueIn(await shapedHandler(note).run(action, stepContext().context, null))).toBe(
    'Call the *team*.',
  );
});

describe('open', () => {
  const act = async (more: object, automatic = false) => {
    const asked: OpenRequest[] = [];
    const { context } = stepContext({ automatic });
    const action = stepKindSchema.parse({ kind: 'open', ...more });
    const output = await shapedHandler(openPlace((one) => void asked.push(one))).run(
      action,
      context,
      null,
    );
    return { asked, value: valueIn(output) };
  };

  it('asks the window, unless nobody started the run', async () => {
    const logs = { groups: ['/aws/lambda/orders'], pattern: 'ERROR' };
    const target = { kind: 'logs', ...logs };
    const { asked } = await act({ logs });
    expect(asked).toEqual([{ runId: 'run-1', alarmKey: null, target }]);
    expect(await act({ logs }, true)).toEqual({ asked: [], value: { target, opened: false } });
    expect((await act({ dashboard: 'Orders' })).asked).toHaveLength(1);
  });

  it.each([
    {},
    { link: 'http://example.com/' },
    { link: 'javascript:alert(1)' },
    { link: 'file:///etc/passwd' },
    { link: 'https://user:pass@example.com/' },
    { link: 'https://example.com/', dashboard: 'Orders' },
  ])('opens nothing of %j', async (more) => {
    await expect(act(more)).rejects.toMatchObject({ failure: { kind: 'invalid' } });
  });
});
