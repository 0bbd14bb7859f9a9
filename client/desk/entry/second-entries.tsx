import { Text, useDesk } from '../shell/language.tsx'
import { Link } from '../shell/link.tsx'
import { useStudy } from '../shell/study.tsx'
import type { Today } from '../today/api.ts'
import { Group } from '../today/group.tsx'

/** Lists that were typed in once and are to be typed in by somebody else, too, or of which the two typings differ. */
export function SecondEntries({ entries: { total, rows } }: Pick<Today, 'entries'>) {
  const { say, date } = useDesk()
  const { at } = useStudy()
  return (
    <Group title={say('entrySeconds')} lead={say('entrySecondsLead')} shown={rows.length} total={total} all={at('/entry')}>
      {rows.map(({ assignment, code, wave, title, roleTitle, number, by, isOwn, waitsFor, savedAt }) => (
        <li key={assignment}>
          <p>
            <Link href={at(`/cases/${encodeURIComponent(code)}/entry/${assignment}${waitsFor === 'decision' ? '/compare' : ''}`)}>
              {code} {wave}: <Text of={title} />
            </Link>{' '}
            <Text of={roleTitle} /> {number},{' '}
            {waitsFor === 'decision'
              ? say('entrySecondDiffers')
              : isOwn
                ? say('entrySecondNotYou')
                : say('entrySecondOf', { name: by ?? say('entryBySomebody') })}{' '}
            <span className="quiet">{say('todaySince', { day: date(savedAt) })}</span>
          </p>
        </li>
      ))}
    </Group>
  )
}
