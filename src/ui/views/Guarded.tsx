// SPDX-License-Identifier: GPL-2.0-only
import { Component, type ReactNode } from "react";
import { Button } from "../widgets/Button.tsx";
import styles from "./Guarded.module.css";

interface GuardedProps {
  /** What stands inside, as the message names it: "The bill". */
  what: string;
  /** A part that broke is drawn anew when this changes. */
  again?: unknown;
  children: ReactNode;
}

interface GuardedState {
  readonly error: Error | null;
  readonly again: unknown;
}

/** Keeps a part that cannot be drawn from taking the page with it. React knows error boundaries as classes only. */
export class Guarded extends Component<GuardedProps, GuardedState> {
  override state: GuardedState = { error: null, again: this.props.again };

  static getDerivedStateFromError(error: unknown): Partial<GuardedState> {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  static getDerivedStateFromProps({ again }: GuardedProps, before: GuardedState): GuardedState | null {
    return again === before.again ? null : { error: null, again };
  }

  override render() {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <div className={styles.broken} role="alert">
        <p>
          {this.props.what} cannot be drawn. {error.message}
        </p>
        <Button onClick={() => this.setState({ error: null })}>Retry</Button>
      </div>
    );
  }
}
