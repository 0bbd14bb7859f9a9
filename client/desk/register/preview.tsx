import type { Study } from '../api.ts'
import { useDesk } from '../shell/language.tsx'
import { Scrolling } from '../shell/scrolling.tsx'
import { TitleOf } from '../shell/title-of.tsx'
import { AlikeInFile } from './alike-shown.tsx'
import type { ImportPreview } from './api.ts'

interface PreviewProps {
  preview: ImportPreview
  study: Study
  isBusy: boolean
  start(): void
}

/** What a file would bring: families, and the lists that would be planned for them. */
export function Preview({ preview: { cases, participants, rows, planned, alike, alikeCount }, study, isBusy, start }: PreviewProps) {
  const { say, count, day } = useDesk()
  return (
    <section className="section">
      <h2>{say('importGood')}</h2>
      <p>{say('importWould', { cases, people: participants })}</p>
      {alikeCount > 0 && <AlikeInFile alike={alike} total={alikeCount} />}
      <Scrolling label={say('casesTitle')}>
        <table>
          <caption>{cases > rows.length ? say('importFirst', { count: rows.length }) : say('casesTitle')}</caption>
          <thead>
            <tr>
              <th scope="col">{say('caseCode')}</th>
              <th scope="col">{say('casesArm')}</th>
              <th scope="col">{say('registerDates')}</th>
              <th scope="col">{say('registerPeople')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ code, arm, anchors, roles }) => (
              <tr key={code}>
                <th scope="row">{code}</th>
                <td>{arm && <TitleOf list={study.arms} id={arm} />}</td>
                <td>
                  {anchors.map(({ name, date }) => (
                    <span className="said" key={name}>
                      <TitleOf list={study.anchors} id={name} /> {day(date)}
                    </span>
                  ))}
                </td>
                <td>
                  {[...Map.groupBy(roles, (role) => role)].map(([role, same]) => (
                    <span className="said" key={role}>
                      <TitleOf list={study.roles} id={role} />
                      {same.length > 1 && ` (${same.length})`}
                    </span>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolling>
      {planned && (
        <>
          <h3>{say('importPlanned')}</h3>
          {planned.byLot > 0 && <p>{count('importByLot', planned.byLot)}</p>}
          <table>
            <thead>
              <tr>
                <th scope="col">{say('importWave')}</th>
                <th scope="col">{say('importFamilies')}</th>
                <th scope="col">{say('importLists')}</th>
                <th scope="col">{say('importOver')}</th>
              </tr>
            </thead>
            <tbody>
              {planned.waves.map((wave) => (
                <tr key={wave.wave}>
                  <th scope="row">{wave.wave}</th>
                  <td className="numeric">{wave.cases}</td>
                  <td className="numeric">{wave.lists}</td>
                  <td className="numeric">{wave.over}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {planned.waves.some(({ over }) => over > 0) && <p className="quiet">{say('importOverNote')}</p>}
        </>
      )}
      <p className="buttons">
        <button type="button" className="button button-primary" aria-disabled={isBusy} onClick={start}>
          {say('importStart')}
        </button>
      </p>
    </section>
  )
}
