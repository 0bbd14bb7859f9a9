import { Component, type ReactNode } from 'react'
import { ApiFailure } from '../../ui/api.ts'
import { Failed } from './calm-pages.tsx'

/** When a part of the page cannot be fetched or breaks: a calm page, and loading anew helps in both cases. */
export class Mishap extends Component<{ children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false }

  static getDerivedStateFromError() {
    return { hasFailed: true }
  }

  override render() {
    if (!this.state.hasFailed) return this.props.children
    return <Failed failure={new ApiFailure(navigator.onLine ? 'unexpected' : 'unreachable')} retry={async () => location.reload()} />
  }
}
