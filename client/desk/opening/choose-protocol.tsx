import { wordsIn } from '../../ui/words.ts'
import { Assumptions } from '../definitions/assumptions.tsx'
import type { Problem } from '../register/api.ts'
import { SelectField } from '../register/select-field.tsx'
import { Text, useDesk } from '../shell/language.tsx'
import type { ProtocolChoice } from './api.ts'

interface ChooseProtocolProps {
  protocols: ProtocolChoice[]
  chosen: ProtocolChoice | undefined
  problems: Problem[]
  choose(reference: string): void
}

/** Which protocol it runs, and what that one is. */
export function ChooseProtocol({ protocols, chosen, problems, choose }: ChooseProtocolProps) {
  const { say, language } = useDesk()
  if (protocols.length === 0) return <p className="alert">{say('openNoProtocols')}</p>
  const version = (reference: string): string => reference.split('@')[1] ?? ''
  const options = protocols.map(({ reference, title }) => ({
    id: reference,
    label: `${wordsIn(title, language).text}, ${version(reference)}`,
  }))
  return (
    <section className="card" aria-labelledby="open-protocol">
      <h2 id="open-protocol">{say('openProtocol')}</h2>
      <SelectField
        label={say('openProtocolChoose')}
        hint={say('openProtocolHint')}
        value={chosen?.reference ?? ''}
        problems={problems}
        options={options}
        choose={choose}
      />
      {chosen && (
        <>
          <dl className="facts facts-small">
            <div>
              <dt>{say('studyProtocol')}</dt>
              <dd>
                <code>{chosen.reference}</code>
              </dd>
            </div>
            <div>
              <dt>{say('protocolWaves')}</dt>
              <dd>
                {chosen.waves.map(({ id, title }) => (
                  <div key={id}>
                    <strong>{id}</strong> <Text of={title} />
                  </div>
                ))}
              </dd>
            </div>
          </dl>
          <details>
            <summary>{say('openAbout')}</summary>
            <p lang="en">{chosen.source}</p>
            <Assumptions of={chosen.assumptions} />
          </details>
        </>
      )}
    </section>
  )
}
