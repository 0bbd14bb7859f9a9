/** One instrument: as its respondent sees it, its scales and keys, its norms, and how its versions differ. What is shown is in the address. */
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { navigate, useSearch } from '../../ui/navigation.ts'
import { Fetched } from '../shell/fetched.tsx'
import { Text, useDesk } from '../shell/language.tsx'
import { LanguageField } from '../shell/language-field.tsx'
import { Link, usePath } from '../shell/link.tsx'
import { Page } from '../shell/page.tsx'
import { useStudy } from '../shell/study.tsx'
import { type InstrumentView, instrumentQuery } from './api.ts'
import { Comparison } from './comparison.tsx'
import { Norms } from './norms.tsx'
import { Scales } from './scales.tsx'
import { StandIn } from './stand-in.tsx'

/** With survey-core: only who looks at a list fetches it. */
const TryOut = lazy(() => import('./try-out.tsx').then(({ TryOut }) => ({ default: TryOut })))

const shows = { list: 'defShowList', scales: 'defShowScales', norms: 'defShowNorms', versions: 'defShowVersions' } as const
type Show = keyof typeof shows

export function InstrumentPage({ reference }: { reference: string }) {
  const { say, language } = useDesk()
  const { id, at } = useStudy()
  const query = useQuery(instrumentQuery(id, reference))
  const title = query.data ? (query.data.title[language] ?? query.data.title.nl) : reference
  return (
    <Page title={title} back={<Link href={at('/definitions')}>{say('defBack')}</Link>}>
      <Fetched query={query}>{(instrument) => <Instrument instrument={instrument} />}</Fetched>
    </Page>
  )
}

function Instrument({ instrument }: { instrument: InstrumentView }) {
  const { say } = useDesk()
  const path = usePath()
  const parameters = new URLSearchParams(useSearch())
  const wanted = parameters.get('show') ?? 'list'
  const show = Object.hasOwn(shows, wanted) ? (wanted as Show) : 'list'
  const { wording } = instrument
  return (
    <>
      <p className="lead">
        <Text of={instrument.measures} />
      </p>
      <p className="quiet">
        <code>{instrument.reference}</code> · {say('defWording')}:{' '}
        {say(wording.status === 'stand-in' ? 'defWordingStandIn' : wording.status === 'own' ? 'defWordingOwn' : 'defWordingLicensed')}
        {wording.status === 'stand-in' && <StandIn />} · {say('defHolder')}: {wording.holder} · {say('defSource')}: {wording.source}
      </p>
      <nav aria-label={say('defTitle')}>
        <ul className="parts">
          {(Object.keys(shows) as Show[]).map((one) => (
            <li key={one}>
              <Link href={one === 'list' ? path : `${path}?show=${one}`} aria-current={show === one ? 'page' : undefined}>
                {say(shows[one])}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {show === 'list' && <AsSeen instrument={instrument} />}
      {show === 'scales' && <Scales scales={instrument.scales} />}
      {show === 'norms' && <Norms norms={instrument.norms} />}
      {show === 'versions' && <Comparison instrument={instrument} />}
    </>
  )
}

function AsSeen({ instrument }: { instrument: InstrumentView }) {
  const { say, count, language } = useDesk()
  const path = usePath()
  const wanted = new URLSearchParams(useSearch()).get('language') ?? language
  const chosen = instrument.languages.find((one) => one.language === wanted) ?? instrument.languages[0]
  if (!chosen) return null
  return (
    <>
      <div className="filters definition-language">
        <LanguageField
          label={say('defIn')}
          languages={instrument.languages}
          chosen={chosen.language}
          choose={(one) => navigate(`${path}?language=${one}`, { replace: true })}
        />
      </div>
      {chosen.isDraft && <p className="alert">{say('defDraftAlert')}</p>}
      {chosen.untranslated.length > 0 && (
        <details className="card">
          <summary>{count('defUntranslated', chosen.untranslated.length)}</summary>
          <ul>
            {chosen.untranslated.map(({ path: place, nl }) => (
              <li key={place} lang="nl">
                {nl}
              </li>
            ))}
          </ul>
        </details>
      )}
      <p className="quiet">{say('defTryOut')}</p>
      <Suspense
        fallback={
          <p className="quiet" role="status">
            {say('loading')}
          </p>
        }
      >
        <TryOut key={instrument.reference} instrument={instrument} language={chosen.language} />
      </Suspense>
    </>
  )
}
