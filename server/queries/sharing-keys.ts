/** The key by which the data of a study are disguised when they are shared: in study.sqlite, which has the true dates and codes beside it. */
import type { Db } from '../db/tx.ts'
import { findSetting, putSetting } from './settings.ts'

const nameOf = (studyId: string): string => `sharing key ${studyId}`

export const findSharingKey = (db: Db, studyId: string): Promise<string | undefined> => findSetting(db, nameOf(studyId))

/** `key`: in hexadecimal digits. */
export const putSharingKey = (tx: Db, studyId: string, key: string): Promise<void> => putSetting(tx, nameOf(studyId), key)
