/**
 * What the action is measured against: the least that gets from the start of the process to the first request to Jules with
 * `@actions/core` and `@octokit/rest`. The same inputs, the same event, the same questions to GitHub in the same order.
 */
import { readFileSync } from 'node:fs'
import { getInput, setSecret } from '@actions/core'
import { Octokit } from '@octokit/rest'

const key = getInput('jules-api-key')
const token = getInput('github-token')
setSecret(key)
setSecret(token)

const event = JSON.parse(readFileSync(process.env.GITHUB_EVENT_PATH, 'utf8'))
const [owner, repo] = process.env.GITHUB_REPOSITORY.split('/')
const octokit = new Octokit({ auth: token, baseUrl: process.env.GITHUB_API_URL })

await octokit.rest.repos.getCollaboratorPermissionLevel({ owner, repo, username: event.sender.login })
const thread = { owner, repo, issue_number: event.issue.number }
await octokit.rest.issues.get(thread)
await octokit.rest.issues.listComments({ ...thread, per_page: 100 })
await fetch(`${getInput('jules-api-url')}/sources/github/${owner}/${repo}`, { headers: { 'x-goog-api-key': key } })
