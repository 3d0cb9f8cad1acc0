#!/usr/bin/env bash
#
# The keeper: starts, watches and kills the task processes of one worker, and outlives the worker's
# JVM. It needs bash (5.1 or newer), /proc and, once at its start, mkdir and mkfifo.
#
#   keeper.sh DIRECTORY        the worker's data directory
#
#   DIRECTORY/attempts/ID/     attempt: a bash fragment that ends in an exec, to which this appends
#                              its state, one line per fact (below); log: stdout and stderr;
#                              work: where it runs
#   DIRECTORY/keeper/          pid, and three FIFOs: commands, bell, events. The keeper holds all of
#                              them open for reading and writing, so nobody's death ends a stream.
#
# What is appended there is the truth, the events only tell it sooner. The lines:
#   started PID UPTIME KEEPER           UPTIME: about when, tells it from a later one of the same
#                                       PID; KEEPER: who can see it end
#   exited STATUS KILLED UPTIME         KILLED: no, yes (on request) or lease
# A line is written by one write and counts only with its line end; a rename would cost an exec.
#
# Commands (one line each, then a line end into the bell):       Events:
#   H NONCE            hello; events are counted from here          H NONCE
#   S ID UPTIME        start, unless it is later than that;         S ID        it runs
#                      everything may run no longer than that
#                      if no other word comes
#   K ID GRACE         kill its process tree; 1/100 s               X ID STATUS KILLED
#   D ID PID UPTIME    kill what another keeper started             G ID        nothing of it is left
#   L UPTIME COUNT     everything may run until then (1/100 s);     N ID        not started: no lease
#                      COUNT events have been read                  M           events were left out
#   A COUNT            COUNT events have been read
#   P                  are you there?                               P
#   Q                  end as soon as nothing runs
#
# How it waits: the shell can wait for children or for a pipe, not for both at once. So it waits for
# children (`wait -n`), and one child, the bell, waits at a pipe and ends when somebody has written
# there, or after a quarter of a second. Without other children it waits at the pipe itself, which
# spares the next start the end of a process. While commands queue up it does not wait but looks at
# some children after every few. What happens for every attempt stands in the loop at the end and not
# in functions, because bash copies a function's body at each call; events leave together. Tried and
# dropped: traps on SIGCHLD or SIGUSR1 (`read` defers them, and a trap that runs makes `wait -n` forget
# children), a wrapper per attempt (a fork, and a process that stays).

cd "$1" && mkdir -p attempts keeper && cd attempts || exit 1
root=$(cd .. && pwd -P)
pipes=$root/keeper
for name in commands bell events; do
  [[ -p $pipes/$name ]] || mkfifo -m 600 "$pipes/$name" || exit 1
done
# 6 never has anything to read: reading it with a time-out is a sleep without a process.
exec 3<>"$pipes/commands" 4<>"$pipes/bell" 5<>"$pipes/events" 6<> <(:) || exit 1

# The shell's own business is bytes. It is started with both of these, which are not for the tasks:
# a fork copies what is mapped, the files of a locale too, and then each page that is written to,
# which are a quarter fewer when the allocator keeps no cache.
LC_ALL=C
export -n LC_ALL
unset -v GLIBC_TUNABLES
set -m # every background job gets a process group of its own
umask 077
main=$BASHPID
interrupted=0
# Handlers, not "ignore": what is ignored would be ignored by the tasks too.
trap 'interrupted=1' INT HUP QUIT TERM

# Not "readonly": a task may have variables of these names.
LEASE_AT_START=2000 LINGER=6000 # 1/100 s
WINDOW=1000                     # events not yet read; together they fit into the pipe
EVENT_BYTES=3000                # written at once, or a few more; up to 4096 nobody tears them apart
KILLERS_MAX=4
BELL_PAUSE=5000  # microseconds
SAME_START=300   # 1/100 s between a start and its time as written, at most
CLOCK_STEP=10000 # microseconds, that of /proc/uptime: it is not read more often
COMMANDS_AT_ONCE=16 LOOKS_AT_ONCE=16

declare -A lead_of=()    # id -> pid of its first process
declare -A id_of=()      # pid -> id
round=()                 # pids of attempts, in the order in which they are looked at
declare -A status_of=()  # id -> exit status, while what it left behind is killed
declare -A killed_of=()  # id -> yes or lease, once a kill has begun
declare -A cleaning=()   # id -> 1, while a killer is at it
declare -A to_kill=()    # id -> LEAD:GRACE:SINCE, waiting for a killer
declare -A foreign=()    # id -> 1, started by another keeper
declare -A killers=()    # pid of a killer -> its ids
bell_pid= bell_started=0
round_head=0 round_tail=0
now=0 read_at=0 lease=0 lapsed=0 idle_since=0 next_tick=0 next_sweep=0
sent=0 seen=0 missed=0 quit=0 told= fresh=0

# Sets its first argument to hundredths of a second since boot: monotonic, suspensions included.
uptime() {
  local seconds
  read -r seconds _ </proc/uptime
  printf -v "$1" %d "$((10#${seconds/./}))"
}

# Sets its first argument to the start time of a process, or to nothing when there is none.
start_time() {
  local text words
  IFS= read -r -d '' text 2>/dev/null <"/proc/$2/stat"
  words=(${text##*) })
  printf -v "$1" %s "${words[19]}"
}

# Sets now, and sees whether the lease has ended. What was seen a moment ago by the wall clock, which
# may be set back but is cheap to read, needs no look.
look_at_clock() {
  uptime now
  read_at=${EPOCHREALTIME/[.,]/}
  notice_lapse
}

emit() {
  told+=$1$'\n' fresh=$((fresh + 1))
  ((${#told} < EVENT_BYTES)) || tell
}

# Writes all that is to be told, or leaves it out when too much is unread.
tell() {
  if ((sent + fresh - seen <= WINDOW)); then
    sent=$((sent + fresh))
    printf %s "$told" >&5
  else
    missed=1
  fi
  told= fresh=0
}

events_read() { # count
  seen=$1
  if ((missed && sent - seen < WINDOW / 2)); then
    missed=0
    emit M
  fi
}

# When bells follow each other quickly the next one comes a little later: meanwhile there are ends of
# children that wake the keeper, and it looks for commands each time.
start_bell() {
  local last=$bell_started pause=0
  bell_started=${EPOCHREALTIME/[.,]/}
  ((bell_started - last < 0 || bell_started - last > BELL_PAUSE)) || pause=1
  {
    exec 3<&- 5<&-
    ((!pause)) || read -r -t 0.005 -u 6
    read -r -t 0.25 -u 4
  } </dev/null >/dev/null &
  bell_pid=$!
}

# Sets status to the exit status of a child that has ended.
status_of_child() {
  while :; do
    interrupted=0
    wait "$1"
    status=$?
    ((interrupted)) || return
  done
}

finish() { # id, status
  printf 'exited %s %s %s\n' "$2" "${killed_of[$1]:-no}" "$now" >>"$1/attempt"
  emit "X $1 $2 ${killed_of[$1]:-no}"
  unset -v "lead_of[$1]" "status_of[$1]" "killed_of[$1]"
}

clean() { # id, lead, grace in 1/100 s, start of the lead if another keeper's
  if (($2)); then
    # At once, so that little is left for the killer to find; stopped ones must hear it, too.
    kill -TERM -- "-$2"
    kill -CONT -- "-$2"
  fi
  to_kill[$1]=$2:$3:${4:-$keeper_start}
  cleaning[$1]=1
}

kill_attempt() { # id, grace, yes or lease
  [[ ${lead_of[$1]} && -z ${killed_of[$1]} ]] || return
  [[ -z ${status_of[$1]} ]] || return # it has ended; only what it left is being killed
  killed_of[$1]=$3
  clean "$1" "${lead_of[$1]}" "$2"
}

kill_foreign() { # id, pid, uptime at its start
  local start lead=0
  [[ ! ${cleaning[$1]} ]] || return
  start_time start "$2"
  if [[ $start ]] && ((start - $3 < SAME_START && $3 - start < SAME_START)); then
    lead=$2
  fi
  foreign[$1]=1
  clean "$1" "$lead" 100 $(($3 - SAME_START))
}

start_killers() {
  local id ids=() trees=()
  ((${#to_kill[@]} && ${#killers[@]} < KILLERS_MAX)) || return
  for id in "${!to_kill[@]}"; do
    ids+=("$id")
    trees+=("$id:${to_kill[$id]}")
  done
  to_kill=()
  kill_trees "${trees[@]}" </dev/null >/dev/null 2>&1 &
  killers[$!]=${ids[*]}
}

killer_ended() { # pid, status
  local id ids=${killers[$1]}
  unset -v "killers[$1]"
  for id in $ids; do
    if (($2)); then # somebody killed the killer
      clean "$id" "${lead_of[$id]:-0}" 100
      continue
    fi
    unset -v "cleaning[$id]"
    if [[ ${foreign[$id]} ]]; then
      unset -v "foreign[$id]"
      emit "G $id"
    elif [[ ${status_of[$id]} ]]; then
      finish "$id" "${status_of[$id]}"
    elif [[ ${lead_of[$id]} ]]; then
      status_of_child "${lead_of[$id]}"
      lead_ended "${lead_of[$id]}" "$status"
    fi
  done
}

lead_ended() { # pid, status
  local id=${id_of[$1]}
  unset -v "id_of[$1]"
  if [[ ${cleaning[$id]} ]]; then
    status_of[$id]=$2
  elif kill -0 -- "-$1"; then
    status_of[$id]=$2
    clean "$id" "$1" 100
  else
    finish "$id" "$2"
  fi
}

child_ended() { # pid, status
  if [[ ${id_of[$1]} ]]; then
    lead_ended "$1" "$2"
  elif [[ ${killers[$1]} ]]; then
    killer_ended "$1" "$2"
  elif [[ $1 == "$bell_pid" ]]; then
    bell_pid=
  fi
}

# Looks at the next few of the attempts in turn, without waiting.
look_round() {
  local pid i end=$((round_head + LOOKS_AT_ONCE))
  ((end <= round_tail)) || end=$round_tail
  for ((i = round_head; i < end; i++)); do
    pid=${round[i]}
    unset -v "round[i]"
    [[ ${id_of[$pid]} ]] || continue
    if kill -0 "$pid"; then
      round[round_tail++]=$pid
    else
      status_of_child "$pid"
      child_ended "$pid" "$status"
    fi
  done
  round_head=$end
}

# A child that was ended by a signal while the shell was busy is not told by `wait -n` (bash 5.2).
#
# `jobs` makes the shell forget those that are over and have not been told of. Else it keeps them for
# ever when many run at once, looks through all of them each time, and copies them with each fork:
# after some thousand it is half as fast. `wait -n` does not tell of what is forgotten, but all are
# looked at here, and `wait PID` knows their status still.
sweep() {
  local pid
  jobs -n
  round=("${!id_of[@]}") round_head=0 round_tail=${#id_of[@]}
  for pid in "${!id_of[@]}" "${!killers[@]}" $bell_pid; do
    if ! kill -0 "$pid"; then
      status_of_child "$pid"
      child_ended "$pid" "$status"
    fi
  done
}

# A lease that has ended stays ended for what it has killed; new ones start under a new one.
notice_lapse() {
  local id
  ((now >= lease && !lapsed)) || return
  lapsed=1
  for id in "${!lead_of[@]}"; do kill_attempt "$id" 200 lease; done
}

tick() {
  look_at_clock
  ((now >= next_tick)) || return
  next_tick=$((now + 10))
  if ((now >= next_sweep)); then
    next_sweep=$((now + 25 + ${#id_of[@]} / 50))
    sweep
  fi
  if ((${#lead_of[@]} || ${#foreign[@]})); then
    idle_since=$now
  elif ((quit || (lapsed && now - idle_since > LINGER))); then
    tell
    [[ ! $bell_pid ]] || kill -KILL "$bell_pid"
    exit 0
  fi
}

obey() {
  case $1 in
    K) kill_attempt "$2" "$3" yes ;;
    D) kill_foreign "$2" "$3" "$4" ;;
    L)
      look_at_clock
      lease=$2 quit=0
      ((lease <= now)) || lapsed=0
      events_read "$3"
      ;;
    A) events_read "$2" ;;
    P) emit P ;;
    H)
      sent=0 seen=0 missed=0 told= fresh=0
      printf 'H %s\n' "$2" >&5
      ;;
    Q) quit=1 ;;
  esac
}

# In the child: becomes the attempt's process. A block would do as well, but the shell keeps its text
# for each job that runs.
begin() {
  exec 3<&- 4<&- 5<&- 6<&- </dev/null >>"$id/log" 2>&1
  # The state line comes first: whoever finds none, and has put the file "over" there before
  # looking, knows that nothing will run.
  printf 'started %s %s %s\n' "$BASHPID" "$now" "$keeper" >>"$id/attempt"
  [[ ! -e $id/over ]] || exit 1
  export PORPOISE_ATTEMPT=$root/attempts/$id
  . "./$id/attempt"
}

# ---- The killer: a child that ends some process trees and returns only when nothing is left.

# Fills owner (pid -> id) and group (pid -> process group) with all living processes of the trees: by process group, by parent, by
# session or group of one found already, or by the marker in the environment they were started with.
find_members() {
  local path pid stat fields marker found=1 i id
  local -A parent=() session=() own_group=() own_session=()
  owner=() group=()
  for path in /proc/[0-9]*; do
    IFS= read -r -d '' stat <"$path/stat"
    [[ $stat ]] || continue
    stat=${stat##*) }
    fields=($stat)
    [[ ${fields[0]} != [ZX] ]] || continue
    ((fields[19] >= oldest)) || continue # older than all of the trees
    pid=${path#/proc/}
    [[ $pid != "$main" && $pid != "$BASHPID" && $pid != "$bell_pid" ]] || continue
    parent[$pid]=${fields[1]} group[$pid]=${fields[2]} session[$pid]=${fields[3]}
    id=${tree_of[${fields[2]}]}
    if [[ ! $id && (${fields[3]} != "$keeper_session" || ! ${id_of[${fields[2]}]}) ]]; then
      marker=()
      mapfile -d '' -t marker <"$path/environ"
      for i in "${marker[@]}"; do
        if [[ $i == "PORPOISE_ATTEMPT=$root/attempts/"* ]]; then
          i=${i##*/}
          [[ ${tree_lead[$i]} ]] && id=$i
          break
        fi
      done
    fi
    [[ ! $id ]] || owner[$pid]=$id
  done
  while ((found)); do
    found=0
    for pid in "${!owner[@]}"; do
      [[ ${group[$pid]} == "$keeper_group" ]] || own_group[${group[$pid]}]=${owner[$pid]}
      [[ ${session[$pid]} == "$keeper_session" ]] || own_session[${session[$pid]}]=${owner[$pid]}
    done
    for pid in "${!parent[@]}"; do
      [[ ! ${owner[$pid]} ]] || continue
      id=${owner[${parent[$pid]}]:-${own_group[${group[$pid]}]:-${own_session[${session[$pid]}]}}}
      [[ ! $id ]] || owner[$pid]=$id found=1
    done
  done
}

signal_members() { # signal, pids...
  local signal=$1 pid
  shift
  for pid; do
    # The whole group at once where there is one, so that nobody is born in between.
    [[ ! ${tree_of[$pid]} ]] || kill -s "$signal" -- "-$pid"
  done
  kill -s "$signal" "$@"
}

kill_trees() { # ID:LEAD:GRACE:SINCE ...
  local id lead grace since oldest=$keeper_start pid start up rounds empty=0 pause=0.01 hard=0 told=0
  local -A owner=() group=() tree_of=() tree_lead=() deadline=()
  exec 3<&- 4<&- 5<&-
  trap - INT HUP QUIT TERM
  set +m
  uptime start
  local given tree
  for given; do
    tree=(${given//:/ })
    id=${tree[0]} lead=${tree[1]} grace=${tree[2]} since=${tree[3]}
    ((since >= oldest)) || oldest=$since
    tree_lead[$id]=$lead
    ((lead == 0)) || tree_of[$lead]=$id
    deadline[$id]=$((start + grace))
  done
  while :; do
    find_members
    if ((${#owner[@]} == 0)); then
      # Once more after a hard kill: a process may have been born behind the reader's back.
      ((hard && empty++ < 1)) || exit 0
      continue
    fi
    empty=0
    if ((!told)); then
      told=1
      for pid in "${!owner[@]}"; do # those in the first process's group have heard it already
        [[ ${tree_of[${group[$pid]}]} ]] || kill -TERM "$pid" && kill -CONT "$pid"
      done
    fi
    uptime up
    local late=()
    for pid in "${!owner[@]}"; do
      ((up < deadline[${owner[$pid]}])) || late+=("$pid")
    done
    if ((${#late[@]})); then
      hard=1
      signal_members STOP "${late[@]}"
      for ((rounds = 0; rounds < 20; rounds++)); do
        local before=${#late[@]}
        find_members
        late=()
        for pid in "${!owner[@]}"; do
          ((up < deadline[${owner[$pid]}])) || late+=("$pid")
        done
        ((${#late[@]} > before)) || break
        signal_members STOP "${late[@]}"
      done
      ((${#late[@]} == 0)) || signal_members KILL "${late[@]}"
      pause=0.01
    fi
    read -r -t "$pause" -u 6
    case $pause in 0.01) pause=0.02 ;; 0.02) pause=0.05 ;; *) pause=0.1 ;; esac
  done
}

# ---- The keeper's own life.

read -r stat </proc/self/stat
fields=(${stat##*) })
keeper_group=${fields[2]} keeper_session=${fields[3]} keeper_start=${fields[19]}
keeper=$main-$keeper_start
uptime now
lease=$((now + LEASE_AT_START)) idle_since=$now
words=() id=
printf '%s %s\n' "$main" "$keeper_start" >"$pipes/pid"
exec </dev/null >/dev/null 2>&1 # the shell's own remarks about ended jobs are of no use

while :; do
  # The bell's pipe first: who writes a command rings after that. Not while there is a bell: it might
  # read first, and the keeper would wait here for ever.
  if [[ ! $bell_pid ]]; then
    while read -r -t 0 -u 4; do read -r -u 4; done
  fi
  micros=${EPOCHREALTIME/[.,]/}
  ((micros >= read_at && micros - read_at < CLOCK_STEP)) || tick
  for ((n = 0; n < COMMANDS_AT_ONCE; n++)); do
    read -r -t 0 -u 3 || break
    read -r -u 3 -a words || continue
    if [[ ${words[0]} != S ]]; then
      obey "${words[@]}"
      continue
    fi
    id=${words[1]}
    [[ ! ${lead_of[$id]} ]] || continue
    # A start brings its own lease, and that is looked at here and not in the worker's JVM, which may
    # have been frozen, or this shell, since the command was made.
    micros=${EPOCHREALTIME/[.,]/}
    ((micros >= read_at && micros - read_at < CLOCK_STEP)) || look_at_clock
    if ((now >= words[2])); then
      emit "N $id"
      continue
    fi
    ((!lapsed && lease <= words[2])) || lease=${words[2]} lapsed=0
    begin &
    lead_of[$id]=$!
    id_of[$!]=$id
    round[round_tail++]=$!
    told+="S $id"$'\n' fresh=$((fresh + 1))
  done
  ((${#to_kill[@]} == 0)) || start_killers
  [[ ! $told ]] || tell
  if ((n == COMMANDS_AT_ONCE)); then
    look_round
    continue
  fi
  if ((${#id_of[@]} + ${#killers[@]} == 0)); then
    # There is no child to wait for: the keeper waits for the bell itself.
    if [[ $bell_pid ]]; then
      kill -KILL "$bell_pid"
      status_of_child "$bell_pid"
      bell_pid= # it may have heard a ring: the commands come first
    else
      read -r -t 0.25 -u 4
    fi
    continue
  fi
  [[ $bell_pid ]] || start_bell
  pid=
  wait -n -p pid
  status=$?
  [[ $pid ]] || continue
  id=${id_of[$pid]}
  if [[ $id && ! ${cleaning[$id]} ]] && ! kill -0 -- "-$pid"; then
    # Most ends: nothing is left of it, and nobody wanted it killed.
    printf 'exited %s no %s\n' "$status" "$now" >>"$id/attempt"
    unset -v "id_of[$pid]" "lead_of[$id]"
    told+="X $id $status no"$'\n' fresh=$((fresh + 1))
    ((${#id_of[@]})) || tell
  else
    child_ended "$pid" "$status"
  fi
done
