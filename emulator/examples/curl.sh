api=http://127.0.0.1:8788/v1alpha
key='x-goog-api-key: any'
json='content-type: application/json'

# A session that asks a question. The emulated time is moved to where it has asked.
curl -s -H "$key" -H "$json" $api/sessions -d '{
  "prompt": "Fix the flaky test. [scenario: question]",
  "sourceContext": {"source": "sources/github/acme/widgets", "githubRepoContext": {"startingBranch": "main"}},
  "automationMode": "AUTO_CREATE_PR"}'
curl -s -H "$json" http://127.0.0.1:8788/emulator/clock -d '{"seconds": 300}'
curl -s -H "$key" "$api/sessions?pageSize=1"

# The next two calls about sessions fail as they would if Jules were away.
curl -s -H "$json" http://127.0.0.1:8788/emulator/faults -d '{"name": "unavailable", "route": "sessions.*", "times": 2}'
curl -s -H "$key" "$api/sessions?pageSize=1"
