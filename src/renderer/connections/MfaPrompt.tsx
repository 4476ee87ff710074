import { Button, Group, Modal, PasswordInput, Stack } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Pushes } from '../../shared/ipc';
import { ask, listen } from '../bridge';
import { showFailure } from '../stores/toasts';
import { safeText } from '../ui/safe-text';

type Prompt = Pushes['connections.mfaPrompt'];

/** The code a device shows: 6 digits, 8 on some; spaces between them do not matter. */
export function readMfaCode(text: string): string | null {
  const digits = text.replace(/\s/g, '');
  return /^\d{6,8}$/.test(digits) ? digits : null;
}

function Question({ prompt, onDone }: { prompt: Prompt; onDone(): void }) {
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);

  async function answer(code: string | null): Promise<void> {
    onDone();
    try {
      await ask('connections.answerMfa', { promptId: prompt.promptId, code });
    } catch (error) {
      showFailure(error, 'connections.answerMfa');
    }
  }
  function submit(): void {
    const code = readMfaCode(text);
    if (code === null) setProblem('A code has 6 digits.');
    else void answer(code);
  }
  return (
    <Modal
      opened
      onClose={() => void answer(null)}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
      title={`Sign in to ${safeText(prompt.connectionLabel)}`}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack gap={14}>
          <PasswordInput
            label="MFA code"
            description={safeText(`From the device ${prompt.mfaSerial}`)}
            data-autofocus
            inputMode="numeric"
            autoComplete="one-time-code"
            value={text}
            error={problem}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={() => void answer(null)}>
              Cancel
            </Button>
            <Button type="submit">Sign in</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** Asks for a code whenever a role needs one; several prompts are asked one after the other. */
export function MfaPrompt() {
  const [waiting, setWaiting] = useState<Prompt[]>([]);
  useEffect(
    () =>
      listen('connections.mfaPrompt', (prompt) =>
        setWaiting((before) => [
          ...before.filter((other) => other.promptId !== prompt.promptId),
          prompt,
        ]),
      ),
    [],
  );
  const first = waiting[0];
  if (first === undefined) return null;
  return (
    <Question
      key={first.promptId}
      prompt={first}
      onDone={() =>
        setWaiting((before) => before.filter((other) => other.promptId !== first.promptId))
      }
    />
  );
}
