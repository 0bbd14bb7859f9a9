/** Tells whoever is away that the session is about to end; anything that is done here keeps it. */
import { useEffect, useState } from 'react'
import * as api from '../api.ts'
import { idleFor } from '../attended.ts'
import { useDesk } from './language.tsx'
import { useStaff } from './staff.tsx'

/** Minutes before the end at which it is said. */
const warning = 5
const minute = 60_000

export function IdleWarning() {
  const { say } = useDesk()
  const { idleMinutes } = useStaff()
  const [left, setLeft] = useState(idleMinutes)
  useEffect(() => {
    const look = setInterval(() => setLeft(Math.ceil(idleMinutes - idleFor() / minute)), 5_000)
    return () => clearInterval(look)
  }, [idleMinutes])
  if (left > warning || left <= 0) return null
  return (
    <div className="alert idle-warning" role="alertdialog" aria-labelledby="idle-title">
      <h2 id="idle-title">{say('idleTitle')}</h2>
      <p>{say('idleLead', { minutes: left })}</p>
      <button
        type="button"
        className="button button-primary"
        onClick={() => {
          setLeft(idleMinutes)
          void api.getMe()
        }}
      >
        {say('idleStay')}
      </button>
    </div>
  )
}
