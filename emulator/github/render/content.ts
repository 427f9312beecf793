/** Files and folders of the default branch as the API shows them. */
import { createHash } from 'node:crypto'
import { fullName, type Store } from '../store.ts'
import { API, SITE } from './user.ts'

/** A file with its content, or what a folder holds; undefined where there is neither. */
export function renderContent(store: Store, path: string) {
  const content = store.files.get(path)
  if (content !== undefined) {
    const encoded = Buffer.from(content).toString('base64')
    return { ...entry(store, 'file', path, content), encoding: 'base64', content: encoded }
  }
  const inside = [...store.files].filter(([file]) => file.startsWith(`${path}/`))
  const entries = inside.map(([file, text]) => {
    const [name = '', ...deeper] = file.slice(path.length + 1).split('/')
    return deeper.length === 0 ? entry(store, 'file', file, text) : entry(store, 'dir', `${path}/${name}`, '')
  })
  return entries.length === 0 ? undefined : [...new Map(entries.map((one) => [one.path, one])).values()]
}

function entry<T extends 'file' | 'dir'>(store: Store, type: T, path: string, content: string) {
  const { repository } = store
  const { defaultBranch } = repository
  const kind = type === 'file' ? 'blob' : 'tree'
  const sha = createHash('sha1').update(`${kind} ${path} ${content}`).digest('hex')
  const url = `${API}/repos/${fullName(repository)}/contents/${path}?ref=${defaultBranch}`
  const git = `${API}/repos/${fullName(repository)}/git/${kind}s/${sha}`
  const html = `${SITE}/${fullName(repository)}/${kind}/${defaultBranch}/${path}`
  const raw = `https://raw.githubusercontent.com/${fullName(repository)}/${defaultBranch}/${path}`
  return {
    type,
    name: path.slice(path.lastIndexOf('/') + 1),
    path,
    sha,
    size: Buffer.byteLength(content),
    url,
    git_url: git,
    html_url: html,
    download_url: type === 'file' ? raw : null,
    _links: { self: url, git, html },
  }
}
