import type { CaseFile, Study } from '../api.ts'
import { stateLabels } from '../cases/state-labels.ts'
import { Text, useDesk } from '../shell/language.tsx'
import { TitleOf } from '../shell/title-of.tsx'

/** What holds for the family as a whole. */
export function Facts({ file, study }: { file: CaseFile; study: Study }) {
  const { say, date, month } = useDesk()
  return (
    <dl className="facts">
      <div>
        <dt>{say('casesState')}</dt>
        <dd>{say(file.mistake ? 'familyMistake' : stateLabels[file.state])}</dd>
      </div>
      <div>
        <dt>{say('caseArm')}</dt>
        <dd>
          <TitleOf list={study.arms} id={file.arm} />
        </dd>
      </div>
      {file.cohort && (
        <div>
          <dt>{say('caseCohort')}</dt>
          <dd>
            <Text of={file.cohort} />
          </dd>
        </div>
      )}
      {file.region && (
        <div>
          <dt>{say('caseRegion')}</dt>
          <dd>{file.region}</dd>
        </div>
      )}
      <div>
        <dt>{say('caseRegistered')}</dt>
        <dd>{date(file.registeredAt)}</dd>
      </div>
      {file.children.length > 0 && (
        <div>
          <dt>{say('caseChildren')}</dt>
          {file.children.map((birthMonth, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: children have a number, and no other name
            <dd key={index}>{index === 0 ? say('caseIndexChild', { month: month(birthMonth) }) : month(birthMonth)}</dd>
          ))}
        </div>
      )}
      {file.anchors.map(({ name, date: anchor }) => (
        <div key={name}>
          <dt>
            <TitleOf list={study.anchors} id={name} />
          </dt>
          <dd>{date(`${anchor}T12:00:00Z`)}</dd>
        </div>
      ))}
    </dl>
  )
}
