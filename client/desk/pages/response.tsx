import { useQuery } from '@tanstack/react-query'
import { navigate, useSearch } from '../../ui/navigation.ts'
import { wordsIn } from '../../ui/words.ts'
import type { Study } from '../api.ts'
import { Behind } from '../cases/behind.tsx'
import { Choice } from '../cases/filters.tsx'
import { studyQuery } from '../queries.ts'
import { flowQuery, type Group, responseQuery } from '../response/api.ts'
import { FlowOfFamilies } from '../response/flow.tsx'
import { ResponseRows } from '../response/response-rows.tsx'
import { Weeks } from '../response/weeks.tsx'
import { Fetched } from '../shell/fetched.tsx'
import { useDesk } from '../shell/language.tsx'
import { Page } from '../shell/page.tsx'
import { useStudy } from '../shell/study.tsx'

/** Who was asked, how far they came, and how families went through the study; of one arm or region, or all. */
export function ResponsePage() {
  const { say } = useDesk()
  const { id } = useStudy()
  const parameters = new URLSearchParams(useSearch())
  const [arm, region] = [parameters.get('arm'), parameters.get('region')]
  const group: Group = { ...(arm && { arm }), ...(region && { region }) }
  const study = useQuery(studyQuery(id))
  const table = useQuery(responseQuery(id, group))
  const flow = useQuery(flowQuery(id, group))
  return (
    <Page title={say('responsePageTitle')}>
      <p className="lead">{say('responsePageLead')}</p>
      <Fetched query={study}>
        {(known) => (
          <>
            <GroupChoice group={group} study={known} />
            <Fetched query={table}>
              {({ cases, behind, roles, rows, weeks }) => (
                <>
                  <Behind cases={behind} />
                  {cases === 0 ? (
                    <p className="card">{say('responseEmpty')}</p>
                  ) : (
                    <>
                      <p className="quiet">{say('responseOfAskedHint')}</p>
                      <ResponseRows
                        title={say('responseByRole')}
                        note={say('responseByRoleNote')}
                        rows={roles}
                        study={known}
                        group={group}
                      />
                      <ResponseRows title={say('responseByList')} rows={rows} study={known} group={group} />
                      <Fetched query={flow}>{(one) => <FlowOfFamilies flow={one} study={known} group={group} />}</Fetched>
                      <Weeks weeks={weeks} study={known} />
                    </>
                  )}
                </>
              )}
            </Fetched>
          </>
        )}
      </Fetched>
    </Page>
  )
}

function GroupChoice({ group, study }: { group: Group; study: Study }) {
  const { say, language } = useDesk()
  const { at } = useStudy()
  const choose = (change: Group) => {
    const chosen = Object.entries({ ...group, ...change }).filter(([, value]) => value)
    navigate(at(`/response${chosen.length > 0 ? `?${new URLSearchParams(chosen)}` : ''}`), { replace: true })
  }
  return (
    <search className="filters">
      <Choice label={say('casesArm')} value={group.arm} choose={(arm) => choose({ arm })}>
        {study.arms.map(({ id, title }) => (
          <option key={id} value={id}>
            {wordsIn(title, language).text}
          </option>
        ))}
      </Choice>
      {study.regions.length > 0 && (
        <Choice label={say('casesRegion')} value={group.region} choose={(region) => choose({ region })}>
          {study.regions.map((region) => (
            <option key={region}>{region}</option>
          ))}
        </Choice>
      )}
    </search>
  )
}
