import { useState } from 'react'
import { useDesk } from './language.tsx'

interface ProgressProps {
  /** What it is, for whoever hears the bar. */
  label: string
  done: number
  total: number
  /** Stops it; not there once it cannot be stopped any more. */
  stop?: (() => Promise<unknown>) | undefined
  stopText: string
}

/** How far something is that takes long, and the way to stop it. */
export function Progress({ label, done, total, stop, stopText }: ProgressProps) {
  const { say } = useDesk()
  const [isStopping, setStopping] = useState(false)
  const [hasFailed, setFailed] = useState(false)
  const press = async () => {
    if (!stop || isStopping) return
    setStopping(true)
    setFailed(false)
    await stop().catch(() => setFailed(true))
    setStopping(false)
  }
  return (
    <>
      <progress className="progress" max={Math.max(1, total)} value={done} aria-label={label} />
      {stop && (
        <p className="buttons">
          <button type="button" className="button" aria-disabled={isStopping} onClick={() => void press()}>
            {stopText}
          </button>
        </p>
      )}
      {hasFailed && (
        <p className="alert alert-error" role="alert">
          {say('failed')}
        </p>
      )}
    </>
  )
}
