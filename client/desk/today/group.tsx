import { type ReactNode, useId } from 'react'
import { useDesk } from '../shell/language.tsx'
import { Link } from '../shell/link.tsx'

interface GroupProps {
  title: string
  lead?: ReactNode
  /** How many are shown, and how many there are. */
  shown: number
  total: number
  /** Where all of them are. */
  all?: string
  /** Where there is no such page: lists more of them here. */
  more?(): void
  children: ReactNode
}

/** One kind of thing to do, counted. */
export function Group({ title, lead, shown, total, all, more, children }: GroupProps) {
  const { say } = useDesk()
  const id = useId()
  if (total === 0) return null
  return (
    <section className="section" aria-labelledby={id}>
      <h2 id={id}>
        {title} <span className="count">{total}</span>
      </h2>
      {lead && <p className="quiet">{lead}</p>}
      <ul className="to-do">{children}</ul>
      {shown < total && (
        <p className="more">
          {all ? <Link href={all}>{say('todayAll', { total })}</Link> : say('todayFirst', { shown, total })}{' '}
          {more && (
            <button type="button" className="button" onClick={more}>
              {say('more')}
              <span className="visually-hidden">: {title}</span>
            </button>
          )}
        </p>
      )}
    </section>
  )
}
