import { Button, Group } from '@mantine/core'
import { Component } from 'react'
import type { ReactNode } from 'react'
import { EmptyState } from './empty-state.tsx'
import { FailureDetail } from './failure-detail.tsx'

interface Props {
  readonly children: ReactNode
  /** A new value clears the error: the person went somewhere else. */
  readonly place: string
}

interface State {
  readonly error: Error | null
  readonly place: string
}

/** Keeps one broken screen from blanking the window; says what happened and offers to go on. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null, place: this.props.place }

  static getDerivedStateFromError(error: Error): Partial<State> {
    return { error }
  }

  static getDerivedStateFromProps(props: Props, state: State): Partial<State> | null {
    return props.place === state.place ? null : { error: null, place: props.place }
  }

  override render(): ReactNode {
    const { error } = this.state
    if (error === null) return this.props.children
    return (
      <EmptyState icon="bad" title="This screen has a problem">
        <p>The relay is not affected and goes on working. The other screens are there as before.</p>
        <Group gap="xs" justify="center">
          <Button size="xs" variant="default" onClick={() => this.setState({ error: null })}>
            Show it again
          </Button>
          <Button size="xs" variant="default" onClick={() => window.location.reload()}>
            Reload the console
          </Button>
        </Group>
        <FailureDetail text={`${window.location.hash}\n${error.stack ?? error.message}`} />
      </EmptyState>
    )
  }
}
