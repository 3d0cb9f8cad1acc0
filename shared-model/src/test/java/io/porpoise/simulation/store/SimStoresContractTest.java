package io.porpoise.simulation.store;

import io.porpoise.instance.WorkflowInstance;
import io.porpoise.store.Batch.InstanceChange;
import io.porpoise.store.contract.IdBlocksContract;
import io.porpoise.store.contract.InstanceIntakeContract;
import io.porpoise.store.contract.InstanceQueriesContract;
import io.porpoise.store.contract.JournalContract;
import io.porpoise.store.contract.ProjectsContract;
import io.porpoise.store.contract.RetentionContract;
import io.porpoise.store.contract.RunStoreContract;
import io.porpoise.store.contract.SerialQueueContract;
import io.porpoise.store.contract.SlotStoreContract;
import io.porpoise.store.contract.StoreStage;
import io.porpoise.store.contract.TaskGroupsContract;
import io.porpoise.store.contract.UsersContract;
import io.porpoise.store.contract.WorkflowsContract;
import java.util.List;
import org.junit.jupiter.api.Nested;

class SimStoresContractTest {
  @Nested
  class IdBlocks extends IdBlocksContract {
    private final StoreStage stage = new SimStoreStage();

    @Override
    protected StoreStage stage() {
      return stage;
    }
  }

  @Nested
  class Intake extends InstanceIntakeContract {
    private final StoreStage stage = new SimStoreStage();

    @Override
    protected StoreStage stage() {
      return stage;
    }
  }

  @Nested
  class Queries extends InstanceQueriesContract {
    private final StoreStage stage = new SimStoreStage();

    @Override
    protected StoreStage stage() {
      return stage;
    }
  }

  @Nested
  class Journal extends JournalContract {
    private final SimStoreStage stage = new SimStoreStage();

    @Override
    protected StoreStage stage() {
      return stage;
    }

    @Override
    protected InstanceChange poisoned(WorkflowInstance instance) {
      InstanceChange poisoned =
          new InstanceChange(
              instance.id(), instance, List.of(), List.of(), List.of(), List.of(), List.of());
      stage.database().setPoison(change -> change.id().equals(instance.id()));
      return poisoned;
    }
  }

  @Nested
  class Projects extends ProjectsContract {
    private final StoreStage stage = new SimStoreStage();

    @Override
    protected StoreStage stage() {
      return stage;
    }
  }

  @Nested
  class Retention extends RetentionContract {
    private final StoreStage stage = new SimStoreStage();

    @Override
    protected StoreStage stage() {
      return stage;
    }
  }

  @Nested
  class Runs extends RunStoreContract {
    private final StoreStage stage = new SimStoreStage();

    @Override
    protected StoreStage stage() {
      return stage;
    }
  }

  @Nested
  class SerialQueues extends SerialQueueContract {
    private final StoreStage stage = new SimStoreStage();

    @Override
    protected StoreStage stage() {
      return stage;
    }
  }

  @Nested
  class Slots extends SlotStoreContract {
    private final StoreStage stage = new SimStoreStage();

    @Override
    protected StoreStage stage() {
      return stage;
    }
  }

  @Nested
  class TaskGroups extends TaskGroupsContract {
    private final StoreStage stage = new SimStoreStage();

    @Override
    protected StoreStage stage() {
      return stage;
    }
  }

  @Nested
  class Users extends UsersContract {
    private final StoreStage stage = new SimStoreStage();

    @Override
    protected StoreStage stage() {
      return stage;
    }
  }

  @Nested
  class Workflows extends WorkflowsContract {
    private final StoreStage stage = new SimStoreStage();

    @Override
    protected StoreStage stage() {
      return stage;
    }
  }
}
