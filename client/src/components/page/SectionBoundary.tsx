import { Component, type ReactNode } from 'react';
import { ErrorState } from './States.tsx';

interface Props {
  children: ReactNode;
  /** Names the failed section; "This section did not load" by default. */
  title?: string;
  message?: string;
  /** Replaces the default retry, which renders the children again. */
  onRetry?: () => void;
}

/** Shows an error in place of a section that throws while rendering; the rest of the page stays. */
export class SectionBoundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    const { title, message, onRetry = () => this.setState({ failed: false }) } = this.props;
    return <ErrorState title={title} message={message} onRetry={onRetry} />;
  }
}
