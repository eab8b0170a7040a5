import { Component, type ReactNode } from 'react';
import { ErrorState } from './States.tsx';

interface Props {
  children: ReactNode;
  /** What failed, where the words "this part" would not do. */
  title?: string;
  message?: string;
  /** What trying again takes, where rendering once more would not do. */
  onRetry?: () => void;
}

/** Keeps a part that throws while rendering from taking the rest of the page with it. */
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
