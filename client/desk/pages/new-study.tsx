import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { choicesQuery, type Opened } from '../opening/api.ts'
import { OpenedStudy } from '../opening/opened-study.tsx'
import { StudyFields } from '../opening/study-fields.tsx'
import { Fetched, NotAllowed } from '../shell/fetched.tsx'
import { useDesk } from '../shell/language.tsx'
import { Link } from '../shell/link.tsx'
import { Page } from '../shell/page.tsx'
import { useStaff } from '../shell/staff.tsx'

/** A study is opened: by which protocol, under which name, and who accepts what is not the real thing. */
export function NewStudyPage() {
  const { say } = useDesk()
  const { opensStudies } = useStaff()
  const client = useQueryClient()
  const choices = useQuery({ ...choicesQuery, enabled: opensStudies })
  const [opened, setOpened] = useState<Opened | null>(null)
  const then = (study: Opened) => {
    setOpened(study)
    void client.invalidateQueries()
  }
  return (
    <Page title={say('openTitle')} back={<Link href="/desk">{say('toHome')}</Link>}>
      {opensStudies && !opened && <p className="lead">{say('openLead')}</p>}
      {opened ? (
        <OpenedStudy study={opened} />
      ) : opensStudies ? (
        <Fetched query={choices}>{(known) => <StudyFields choices={known} then={then} />}</Fetched>
      ) : (
        <NotAllowed />
      )}
    </Page>
  )
}
