#!/usr/bin/env bash
#
# What every task of the workload runs: it writes down in the journal what it does.
#
#   effect.sh SECONDS FAILURES stubborn|docile TAG [TASK=OUTPUT ...]
#
# Lines of the journal:   start|end|overlap|wrong-input INSTANCE TASK ATTEMPT WORKER PID MICROS DETAIL
#
# The process and all its children hold a lock of the task of the instance as long as one of them lives. Who does not get it
# at once has found another attempt alive.
home=${BASH_SOURCE%/*}
seconds=$1 failures=$2 manner=$3 tag=$4
shift 4
instance=$PORPOISE_WORKFLOW_INSTANCE_ID
name=$PORPOISE_TASK_NAME
mine=$instance.$name
worker=${PORPOISE_ATTEMPT%/worker/attempts/*}
worker=${worker##*/}

record() { # kind, detail
  {
    flock 8
    printf '%s %s %s %s %s %s %s %s\n' "$1" "$instance" "$name" "$PORPOISE_TASK_INSTANCE_ID" "$worker" $$ \
      "${EPOCHREALTIME/[.,]/}" "$2" >&8
  } 8>> "$home/journal"
}

end() { # exit code
  record end "$1"
  exit "$1"
}

exec 9>> "$home/locks/$mine"
flock -n 9 || record overlap -
record start "$tag"
for given; do
  [ "${given#*=}" = "$instance.${given%%=*}" ] || record wrong-input "$given"
done
printf '${setValue(out_%s=%s)}\n' "$name" "$mine"

if [ "$manner" = stubborn ]; then
  trap '' TERM
  setsid -w sleep "$seconds"
else
  sleep "$seconds"
fi

failed=()
[ ! -e "$home/failures/$mine" ] || mapfile -t failed < "$home/failures/$mine"
if [ ${#failed[@]} -lt "$failures" ]; then
  echo "$PORPOISE_TASK_INSTANCE_ID" >> "$home/failures/$mine"
  end 3
fi
end 0
