package io.porpoise.master.takeover;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.master.MasterSettings;
import io.porpoise.simulation.SimNode;
import io.porpoise.simulation.World;
import io.porpoise.store.Command;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoaderTest {
  private static final WorkflowInstanceId ID = new WorkflowInstanceId(5);
  private static final Command STOP = new Command(21, ID, Command.Type.STOP, null, 0, "ann");

  private final World world = new World(1);
  private final SimNode node = new SimNode(world, "m1");
  private final Reads reads = new Reads();
  private final Memory memory = new Memory();
  private final Loader loader = new Loader(node.clock(), reads, MasterSettings.DEFAULTS, memory);

  @BeforeEach
  void own_the_slot() {
    own(4);
    memory.ready.add(ID.slot());
    memory.entered.add(ID);
  }

  private void own(long epoch) {
    memory.epochs.put(ID.slot(), epoch);
  }

  private void answer(Command... commands) {
    world.runFor(Duration.ofMillis(1));
    reads.askedForCommands.remove().onSuccess(List.of(commands));
    world.runFor(Duration.ofMillis(1));
  }

  @Test
  void a_command_that_somebody_tells_of_is_read_and_applied() {
    loader.look(List.of(ID));

    answer(STOP);

    assertThat(memory.applied).containsExactly(STOP);
  }

  @Test
  void a_command_that_nobody_tells_of_is_found_by_the_sweep() {
    loader.sweepSoon();

    answer(STOP);

    assertThat(memory.applied).containsExactly(STOP);
  }

  /** Another owner may have applied it between the read and its answer. */
  @Test
  void commands_read_before_a_slot_was_lost_and_gained_again_are_not_believed() {
    loader.look(List.of(ID));
    world.runFor(Duration.ofMillis(1));
    own(6);
    answer(STOP);
    assertThat(memory.applied).isEmpty();

    loader.sweepSoon();
    world.runFor(Duration.ofMillis(1));
    own(8);
    answer(STOP);
    assertThat(memory.applied).isEmpty();
  }
}
