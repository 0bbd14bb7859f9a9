import { createContext, type ReactNode, useContext, useId } from 'react'
import { useDesk } from '../shell/language.tsx'
import { Link } from '../shell/link.tsx'

interface GroupProps {
  title: string
  lead?: ReactNode
  /** How many are shown, and how many there are. */
  shown: number
  total: number
  /** What else there is, and is not in the number; with it the group is there though nothing is counted. */
  note?: ReactNode
  /** Where all of them are. */
  all?: string
  /** Where there is no such page: lists more of them here. */
  more?(): void
  children: ReactNode
}

/** Level of the headings: lower below a heading that several groups share. */
export const GroupLevel = createContext<'h2' | 'h3'>('h2')

/** One kind of thing to do, counted. */
export function Group({ title, lead, shown, total, note, all, more, children }: GroupProps) {
  const { say } = useDesk()
  const id = useId()
  const Heading = useContext(GroupLevel)
  if (total === 0 && !note) return null
  return (
    <section className="section" aria-labelledby={id}>
      <Heading id={id}>
        {title} <span className="count">{total}</span>
      </Heading>
      {lead && <p className="quiet">{lead}</p>}
      {total > 0 && <ul className="to-do">{children}</ul>}
      {note && <p className="more">{note}</p>}
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
