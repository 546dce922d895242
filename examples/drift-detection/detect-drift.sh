#!/bin/sh
# Checks whether a configuration still agrees with the account; a scheduled job runs it. Usage: detect-drift.sh [FOLDER]
#
# FOLDER, by default the current one, must be initialised (`terraform init`). Nothing is changed, and no plan file is left.
#
#   TF_CLI                "terraform", "tofu" or a path; by default the first of the two that is on the PATH
#   GITHUB_STEP_SUMMARY   the file that the summary is appended to; without it, the summary goes to standard output
#
# Exit code 0: no difference, and no output. 1: the plan failed. 2: there are differences, and the summary lists them.
set -eu

folder=${1:-.}
cli=${TF_CLI:-$(command -v terraform || command -v tofu || echo terraform)}
longest=2000 # lines of a plan; GitHub does not show a summary that is too long

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

# Plans into the file NAME, and errors into NAME.err. Its exit code is the plan's: 0 nothing to do, 1 failed, 2 something to do.
# The CLI masks sensitive values in this text; a plan file or JSON would hold them.
plan() { # NAME [OPTION...]
    name=$1
    shift
    # Wait for an apply in progress: it would look like drift.
    "$cli" -chdir="$folder" plan -input=false -no-color -detailed-exitcode -lock-timeout=5m "$@" \
        >"$work/$name" 2>"$work/$name.err"
}

# The part of a plan from the line that matches FROM up to the next ruler.
part() { # NAME FROM
    awk '$0 ~ from { on = 1 } /^─/ { on = 0 } on' from="$2" "$work/$1" | head -n "$longest"
}

# The objects of a part, one a line, and which attributes of those that exist differ.
objects() {
    awk '
        function flush() { if (object != "") print "- " object attributes; object = attributes = "" }
        /^  # [^(]/ {
            flush()
            address = $2
            for (i = 3; i <= NF && $i !~ /^(will|must|has|is)$/; i++) address = address " " $i
            words = $i
            for (i++; i <= NF; i++) words = words " " $i
            object = "`" address "` " words
            listed = words ~ /updated|replaced|changed/
        }
        # Whether a write-only attribute differs cannot be known; OpenTofu shows it as if it did.
        / \(write-only attribute\)$/ { next }
        listed && /^      [-+~] [a-z_0-9]+ / { attributes = attributes (attributes == "" ? ": `" : ", `") $2 "`" }
        END { flush() }
    '
}

# Standard input as a block of text. No line of it can end the block: a fence may not be indented so far.
block() {
    echo '```text'
    sed 's/^/    /'
    echo '```'
}

# A part of a plan for people: its objects, then its text.
show() { # NAME FROM
    part "$@" | objects
    echo
    part "$@" | block
    echo
}

differences() {
    echo '## The configuration and the account differ'
    echo
    echo 'The next apply would do this:'
    echo
    show plan 'will perform the following actions:$|^Changes to Outputs:'
    code=0
    plan outside -refresh-only || code=$?
    # Some versions end with 2 although nothing has changed, and then say so.
    if [ "$code" = 2 ] && ! grep -q 'still matches the configuration' "$work/outside"; then
        echo '### Changed outside Terraform since the last apply'
        echo
        show outside 'detected the following changes made outside'
    elif [ "$code" = 1 ]; then
        echo 'Which of these changes were made outside Terraform could not be found out.'
    else
        echo 'Nothing was changed outside Terraform since the last apply: a change of the configuration has not been applied yet.'
    fi
}

failure() {
    echo '## The check for drift failed'
    echo
    echo 'The plan failed, so it is not known whether there is drift.'
    echo
    head -n "$longest" "$work/plan.err" | block
}

# Adds standard input to the summary.
summarise() {
    if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then cat >>"$GITHUB_STEP_SUMMARY"; else cat; fi
}

code=0
plan plan || code=$?
case $code in
    0) ;;
    2)
        differences | summarise
        echo 'There are differences: the summary lists them.' >&2
        exit 2
        ;;
    *)
        failure | summarise
        echo 'The plan failed: the summary has the error.' >&2
        exit 1
        ;;
esac
