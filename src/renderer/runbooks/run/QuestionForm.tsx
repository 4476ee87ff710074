/** What a step asks of the person, answered in place. */
import { Button, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { StepQuestion } from '../../../shared/runbooks/run';
import { useTimeZone } from '../../stores/settings';
import { safeMultiline, safeText } from '../../ui/safe-text';
import { act } from '../actions';
import { withTimes } from '../run-words';
import { useArmed } from '../use-armed';
import classes from './run.module.css';

interface Props {
  runId: string;
  stepId: string;
  question: StepQuestion;
}

export function QuestionForm({ runId, stepId, question }: Props) {
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const armed = useArmed();
  const zone = useTimeZone();
  const form = useRef<HTMLFormElement>(null);
  // The button that was pressed last is gone; the keyboard goes on here, and on none of the answers.
  useEffect(() => {
    if (document.activeElement === document.body) form.current?.focus({ preventScroll: true });
  }, []);
  const answer = async (value: string): Promise<void> => {
    setBusy(true);
    await act({ action: 'answer', runId, stepId, answer: value });
    setBusy(false);
  };
  return (
    <form
      ref={form}
      tabIndex={-1}
      className={classes['question']}
      aria-label="The step asks"
      onSubmit={(event) => {
        event.preventDefault();
        // An empty answer is given by the button alone, not by a stray Enter.
        if (question.answer === 'text' && text.trim() !== '' && !busy) void answer(text);
      }}
    >
      <p>{safeMultiline(withTimes(question.text, zone))}</p>
      <div className={classes['answers']}>
        {question.answer === 'confirm' && (
          <>
            <Button size="xs" disabled={!armed} loading={busy} onClick={() => void answer('yes')}>
              Yes, go on
            </Button>
            <Button
              size="xs"
              variant="default"
              disabled={busy || !armed}
              onClick={() => void answer('no')}
            >
              No
            </Button>
          </>
        )}
        {question.answer === 'choose' &&
          question.choices.map((choice) => (
            <Button
              key={choice}
              size="xs"
              variant="default"
              disabled={busy || !armed}
              onClick={() => void answer(choice)}
            >
              {safeText(choice)}
            </Button>
          ))}
        {question.answer === 'text' && (
          <>
            <TextInput
              size="xs"
              aria-label="Answer"
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
            <Button size="xs" disabled={!armed} loading={busy} onClick={() => void answer(text)}>
              Answer
            </Button>
          </>
        )}
      </div>
      {question.answer === 'text' && question.pattern !== null && (
        <span className={classes['facts']}>It must fit {safeText(question.pattern)}</span>
      )}
    </form>
  );
}
