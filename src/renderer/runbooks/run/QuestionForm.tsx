/** What a step asks of the person, answered in place. */
import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { StepQuestion } from '../../../shared/runbooks/run';
import { safeMultiline, safeText } from '../../ui/safe-text';
import { act } from '../actions';
import classes from './run.module.css';

interface Props {
  runId: string;
  stepId: string;
  question: StepQuestion;
}

export function QuestionForm({ runId, stepId, question }: Props) {
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const answer = async (value: string): Promise<void> => {
    setBusy(true);
    await act({ action: 'answer', runId, stepId, answer: value });
    setBusy(false);
  };
  return (
    <form
      className={classes['question']}
      aria-label="The step asks"
      onSubmit={(event) => {
        event.preventDefault();
        if (question.answer === 'text') void answer(text);
      }}
    >
      <p>{safeMultiline(question.text)}</p>
      <div className={classes['answers']}>
        {question.answer === 'confirm' && (
          <>
            <Button size="xs" loading={busy} onClick={() => void answer('yes')}>
              Yes, go on
            </Button>
            <Button size="xs" variant="default" disabled={busy} onClick={() => void answer('no')}>
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
              disabled={busy}
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
              placeholder={
                question.pattern === null ? 'Answer' : `Must fit ${safeText(question.pattern)}`
              }
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
            <Button size="xs" type="submit" loading={busy}>
              Answer
            </Button>
          </>
        )}
      </div>
    </form>
  );
}
