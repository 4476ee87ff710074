/** One thing that a runbook asks for, as its type is best given. */
import { Autocomplete, Checkbox, NativeSelect, PasswordInput, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { assertNever } from '../../../shared/assert-never';
import type { RequestArgs } from '../../../shared/ipc';
import type { RunbookInput } from '../../../shared/runbooks/runbook';
import { askCancellable, toFailure } from '../../bridge';
import { safeText } from '../../ui/safe-text';
import { hasWorkedOutDefault } from '../input-values';
import type { Place } from '../store';

const TYPING_MS = 300;

const ORDER: ('label' | 'input' | 'description' | 'error')[] = [
  'label',
  'input',
  'error',
  'description',
];

interface Props {
  input: RunbookInput;
  value: string | boolean;
  problem: string | null;
  place: Place | null;
  onChange(value: string | boolean): void;
}

type Source = Pick<RequestArgs<'runbooks.choices'>, 'from' | 'prefix'>;

/** Where the account itself knows what can be chosen. */
function sourceOf(input: RunbookInput): Source | null {
  switch (input.type) {
    case 'text':
    case 'arn':
      return input.source === undefined
        ? null
        : { from: input.source.from, prefix: input.source.prefix ?? '' };
    case 'log-group':
      return { from: 'log-groups', prefix: input.prefix ?? '' };
    case 'alarm':
      return { from: 'alarms', prefix: '' };
    default:
      return null;
  }
}

const labelOf = ({ label, name }: RunbookInput): string => safeText(label ?? name);

function describe(input: RunbookInput): ReactNode {
  const said = input.description === undefined ? '' : safeText(input.description);
  return hasWorkedOutDefault(input)
    ? `${said}${said === '' ? '' : ' '}Left empty, it is worked out from the alarm.`
    : said;
}

export function InputField({ input, value, problem, place, onChange }: Props) {
  const source = sourceOf(input);
  const text = typeof value === 'string' ? value : '';
  const shared = {
    size: 'xs' as const,
    label: labelOf(input),
    description: describe(input),
    error: problem,
    required: input.required !== false && !hasWorkedOutDefault(input),
    // Below the field, so that the fields of a row stand in line.
    inputWrapperOrder: ORDER,
  };
  if (source !== null && place !== null) {
    return (
      <ChosenField shared={shared} source={source} place={place} value={text} onChange={onChange} />
    );
  }
  switch (input.type) {
    case 'boolean':
      return (
        <Checkbox
          size="xs"
          label={shared.label}
          description={shared.description}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case 'choice':
      return (
        <NativeSelect
          {...shared}
          value={text}
          data={[
            ...(input.choices.includes(text) ? [] : [{ value: text, label: '' }]),
            ...input.choices.map((one) => ({ value: one, label: safeText(one) })),
          ]}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'secret':
      return (
        <PasswordInput
          {...shared}
          autoComplete="off"
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'number':
    case 'text':
    case 'arn':
    case 'alarm':
    case 'log-group':
      return (
        <TextInput
          {...shared}
          inputMode={input.type === 'number' ? 'decimal' : 'text'}
          spellCheck={false}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    default:
      return assertNever(input);
  }
}

interface ChosenProps {
  shared: {
    size: 'xs';
    label: string;
    description: ReactNode;
    error: string | null;
    required: boolean;
    inputWrapperOrder: typeof ORDER;
  };
  source: Source;
  place: Place;
  value: string;
  onChange(value: string): void;
}

/** What is typed stands: the list only helps, and may be unable to. */
function ChosenField({ shared, source, place, value, onChange }: ChosenProps) {
  const [typed] = useDebouncedValue(value, TYPING_MS);
  const prefix = typed.startsWith(source.prefix) ? typed : source.prefix;
  const { connectionId, region } = place;
  const choices = useQuery({
    queryKey: ['runbooks.choices', source.from, prefix, connectionId, region],
    placeholderData: keepPreviousData,
    retry: false,
    queryFn: ({ signal }) =>
      askCancellable(
        'runbooks.choices',
        (requestId) => ({ from: source.from, prefix, connectionId, region, requestId }),
        signal,
      ),
  });
  const trouble =
    choices.error === null
      ? ''
      : ` What can be chosen is not known: ${safeText(toFailure(choices.error, 'runbooks.choices').message)}`;
  return (
    <Autocomplete
      {...shared}
      // Brought here by a key or a mistake, the list would lie over the fields below; a click or ↓ opens it.
      openOnFocus={false}
      description={`${typeof shared.description === 'string' ? shared.description : ''}${trouble}`}
      spellCheck={false}
      value={value}
      data={[...new Set(choices.data ?? [])].slice(0, 200)}
      onChange={onChange}
    />
  );
}
