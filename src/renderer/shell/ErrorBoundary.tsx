/** A part that broke says so calmly and leaves the rest of the window standing. */
import { Button, Group } from '@mantine/core';
import { Component } from 'react';
import type { ErrorInfo, ReactNode } from 'react';
import { copyText } from '../alarms/actions';
import classes from './StartPages.module.css';

interface Props {
  /** What broke, as the subject of a sentence: "The alarm's detail". */
  what: string;
  /** Another value tries again: the alarm's key, the page's name. */
  resetKey?: string;
  children: ReactNode;
}
interface State {
  error: Error | null;
  details: string;
  resetKey: string | undefined;
}

export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null, details: '', resetKey: this.props.resetKey };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  static getDerivedStateFromProps(props: Props, state: State): Partial<State> | null {
    if (props.resetKey === state.resetKey) return null;
    return { error: null, details: '', resetKey: props.resetKey };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    this.setState({ details: `${error.stack ?? error.message}\n${info.componentStack ?? ''}` });
  }

  override render(): ReactNode {
    const { error, details } = this.state;
    if (error === null) return this.props.children;
    return (
      <div className={classes['page']} role="alert">
        <h1 className={classes['title']}>{this.props.what} could not be shown</h1>
        <p className={classes['text']}>
          Watching and notifying go on in the background. Nothing that was acknowledged is lost.
        </p>
        <pre className={classes['details']}>{error.message}</pre>
        <Group gap={8}>
          <Button onClick={() => window.location.reload()}>Reload the window</Button>
          <Button
            variant="default"
            onClick={() => void copyText(details || error.message, 'the details')}
          >
            Copy details
          </Button>
        </Group>
      </div>
    );
  }
}
