/** What a step asks of the person, answered in place. */
import { Button, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import type { StepQuestion } from '../../../shared/runbooks/run';
import { useTimeZone } from '../../stores/settings';
import { safeMultiline, safeText } from '../../ui/safe-text';
import { act } from '../actions';
import { withTimes } from '../run-words';
import { useArmed } from '../use-armed';
import { useFocusHere } from '../use-focus-here';
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
  // On the form, and on none of the answers.
  useFocusHere(form);
  const answer = async (value: string): Promise<void> => {
    const run = form.current?.closest('article');
    setBusy(true);
    // The form is gone then: the keyboard goes on from the run.
    if (await act({ action: 'answer', runId, stepId, answer: value })) {
      run?.focus({ preventScroll: true });
    }
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
