/** The manifest of a report: what is in its folder, made from what, and the checksums by which it can be recognised. */
import { readFileSync } from 'node:fs'
import { formatReference } from '../../instruments/definition.ts'
import type { WrittenFile } from '../export/folder.ts'
import type { ExportPlan } from '../export/plan.ts'
import { standInWarning } from '../export/stand-ins.ts'
import type { ReportResult } from './result.ts'
import type { ReportLanguage } from './words.ts'

export type ReportManifest = ReturnType<typeof reportManifest>

export function reportManifest(result: ReportResult, plan: ExportPlan, language: ReportLanguage, files: WrittenFile[]) {
  const { study, instruments } = plan
  return {
    kind: 'report' as const,
    software: software(),
    /** The moment at which it was made; two reports of the same data differ in nothing else. */
    madeAt: result.madeAt,
    language,
    study: { id: study.id, title: study.title, demonstration: study.demonstration, standInsAcceptedBy: study.standInsAcceptedBy },
    warning: result.standIns.length > 0 ? standInWarning(result.standIns) : null,
    protocol: result.protocol,
    instruments: instruments.flatMap(({ versions }) => versions.map(formatReference)),
    norms: [...new Set(instruments.flatMap(({ norms }) => norms.map(({ reference }) => reference)))],
    options: result.options,
    counts: result.counts,
    tables: result.sections.flatMap(({ tables, figures }) => [...tables, ...figures].map(({ id }) => id)),
    files,
  }
}

function software(): { name: string; version: string } {
  const { name, version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    name: string
    version: string
  }
  return { name, version }
}
