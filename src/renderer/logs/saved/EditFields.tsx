/** The fields of a saved search. */
import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { rangeWords, usualRanges } from '../../../shared/dashboards/time-range';
import { insightsLanguages } from '../../../shared/logs/insights';
import type { SearchDraft, SearchParameter } from '../../../shared/logs/saved-search';
import { useConnections } from '../../stores/connections';
import { useTimeZone } from '../../stores/settings';
import { safeText } from '../../ui/safe-text';
import { languageNames } from '../insights/query-words';
import { listOf, usedParameters } from './edit-form';
import type { EditForm } from './edit-form';
import classes from './saved.module.css';

interface Props {
  form: EditForm;
  change(to: Partial<EditForm>): void;
}
interface KindProps extends Props {
  kind: SearchDraft['kind'];
}

const AS_CHOSEN = '';
const AS_IS = 'as-is';

export function CommonFields({ form, change }: Props) {
  const { labels } = useConnections.getState();
  return (
    <>
      <div className={classes['pair']}>
        <TextInput
          data-autofocus
          label="Name"
          size="sm"
          maxLength={255}
          value={form.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <TextInput
          label="What it is for"
          size="sm"
          maxLength={2_000}
          value={form.description}
          onChange={(event) => change({ description: event.currentTarget.value })}
        />
      </div>
      <div className={classes['pair']}>
        <Textarea
          label="Log groups"
          description="One a line; * stands for any text. Empty: those chosen."
          size="sm"
          className={classes['mono']}
          autosize
          minRows={2}
          maxRows={6}
          spellCheck={false}
          value={form.groups}
          onChange={(event) => change({ groups: event.currentTarget.value })}
        />
        <div className={classes['fields']}>
          <NativeSelect
            label="Of"
            size="sm"
            value={form.connectionId ?? ''}
            data={[
              { value: '', label: 'All connections' },
              ...[...labels].map(([id, label]) => ({ value: id, label: safeText(label) })),
              ...(form.connectionId === null || labels.has(form.connectionId)
                ? []
                : [{ value: form.connectionId, label: 'A connection that is not here' }]),
            ]}
            onChange={(event) => change({ connectionId: event.currentTarget.value || null })}
          />
          <RangeField form={form} change={change} />
        </div>
      </div>
    </>
  );
}

function RangeField({ form, change }: Props) {
  const zone = useTimeZone();
  const { range } = form;
  const usual = usualRanges.some(({ start }) => range?.start === start && range.end === null);
  return (
    <NativeSelect
      label="Time"
      size="sm"
      value={range === null ? AS_CHOSEN : usual ? range.start : AS_IS}
      data={[
        { value: AS_CHOSEN, label: 'As chosen on the page' },
        ...(range !== null && !usual ? [{ value: AS_IS, label: rangeWords(range, zone) }] : []),
        ...usualRanges.map(({ start, words }) => ({ value: start, label: words })),
      ]}
      onChange={(event) => {
        const { value } = event.currentTarget;
        if (value === AS_IS) return;
        change({ range: value === AS_CHOSEN ? null : { start: value, end: null } });
      }}
    />
  );
}

export function TextFields({ form, kind, change }: KindProps) {
  if (kind === 'insights') {
    return (
      <>
        <Textarea
          label="Query"
          description={'${name} asks for a value before each run.'}
          size="sm"
          className={classes['mono']}
          autosize
          minRows={3}
          maxRows={10}
          maxLength={10_000}
          spellCheck={false}
          value={form.query}
          onChange={(event) => change({ query: event.currentTarget.value })}
        />
        <NativeSelect
          label="Language"
          size="sm"
          value={form.language}
          data={insightsLanguages.map((value) => ({ value, label: languageNames[value] }))}
          onChange={(event) => {
            const language = insightsLanguages.find((one) => one === event.currentTarget.value);
            if (language !== undefined) change({ language });
          }}
        />
      </>
    );
  }
  return (
    <>
      <TextInput
        label="CloudWatch filter pattern"
        description={
          'Asked of CloudWatch; empty reads every line. ${name} asks for a value before each run.'
        }
        size="sm"
        className={classes['mono']}
        maxLength={1_024}
        spellCheck={false}
        value={form.pattern}
        onChange={(event) => change({ pattern: event.currentTarget.value })}
      />
      <TextInput
        label="Filter of the lines that come"
        size="sm"
        className={classes['mono']}
        maxLength={4_096}
        spellCheck={false}
        value={form.filterText}
        onChange={(event) => change({ filterText: event.currentTarget.value })}
      />
      <div className={classes['pair']}>
        <TextInput
          label="Columns"
          description="Fields, with commas between them."
          size="sm"
          className={classes['mono']}
          spellCheck={false}
          value={form.columns}
          onChange={(event) => change({ columns: event.currentTarget.value })}
        />
        <NativeSelect
          label="Order"
          description="Which end of the time is searched first."
          size="sm"
          value={form.newestFirst ? 'newest' : 'oldest'}
          data={[
            { value: 'newest', label: 'Newest first' },
            { value: 'oldest', label: 'Oldest first' },
          ]}
          onChange={(event) => change({ newestFirst: event.currentTarget.value === 'newest' })}
        />
      </div>
    </>
  );
}

const types: readonly { value: SearchParameter['type']; label: string }[] = [
  { value: 'text', label: 'Text' },
  { value: 'number', label: 'Number' },
  { value: 'choice', label: 'Choice' },
];

export function ParameterFields({ form, kind, change }: KindProps) {
  return usedParameters(form, kind).map((parameter) => {
    const { name } = parameter;
    const set = (to: Partial<SearchParameter>): void =>
      change({ parameters: { ...form.parameters, [name]: { ...parameter, ...to } } });
    return (
      <div
        key={name}
        className={classes['parameter']}
        role="group"
        aria-label={`Parameter ${name}`}
      >
        <TextInput
          label={`\${${name}} is called`}
          size="xs"
          maxLength={80}
          value={parameter.label}
          onChange={(event) => set({ label: event.currentTarget.value })}
        />
        <NativeSelect
          label="Takes"
          size="xs"
          value={parameter.type}
          data={[...types]}
          onChange={(event) => {
            const type = types.find(({ value }) => value === event.currentTarget.value);
            if (type !== undefined) set({ type: type.value });
          }}
        />
        <TextInput
          label="Begins with"
          size="xs"
          maxLength={1_000}
          value={parameter.default}
          onChange={(event) => set({ default: event.currentTarget.value })}
        />
        {parameter.type === 'choice' && (
          <Choices parameter={parameter} onChoices={(choices) => set({ choices })} />
        )}
      </div>
    );
  });
}

interface ChoicesProps {
  parameter: SearchParameter;
  onChoices(choices: string[]): void;
}

function Choices({ parameter, onChoices }: ChoicesProps) {
  return (
    <TextInput
      label="Choices, with commas"
      size="xs"
      defaultValue={parameter.choices.join(', ')}
      onChange={(event) => onChoices(listOf(event.currentTarget.value, /,/))}
    />
  );
}
