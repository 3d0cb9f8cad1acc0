package io.porpoise.api;

import io.porpoise.api.system.OpenApi;
import io.porpoise.api.tasktype.TaskTypeRoutes;
import io.porpoise.api.ui.UiFiles;
import io.vertx.core.json.JsonObject;

/** What is read from the jar before anything is served. */
record ApiFiles(JsonObject openApi, UiFiles ui, TaskTypeRoutes taskTypes) {
  /** Blocks for some ten milliseconds. */
  static ApiFiles load(String version) {
    return new ApiFiles(OpenApi.load(version), UiFiles.load(), TaskTypeRoutes.load());
  }
}
