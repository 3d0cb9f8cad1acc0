package io.porpoise.api.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.api.testing.ApiUnderTest;
import io.porpoise.api.testing.HttpTester.Answer;
import io.porpoise.node.config.AdminConfig;
import io.porpoise.node.config.Secret;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoginTest {
  private ApiUnderTest api;

  @BeforeEach
  void start() {
    api = new ApiUnderTest();
    FirstUser first = new FirstUser(api.stores.users(), new Passwords(api.vertx, 1_000));
    first.ensure(new AdminConfig("admin", new Secret("right")), false).blockingAwait();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private Answer login(String user, String password) {
    return api.http
        .post("/api/v1/login")
        .anonymous()
        .json("{'user':'" + user + "','password':'" + password + "'}")
        .send();
  }

  @Test
  void the_token_of_a_login_opens_the_api_until_logout() {
    String token = login("admin", "right").ok(200).json().getString("token");
    String bearer = "Bearer " + token;

    assertThat(get("/api/v1/me", bearer).ok(200).json().getString("user")).isEqualTo("admin");
    api.http.post("/api/v1/logout").anonymous().header("Authorization", bearer).send().ok(204);
    get("/api/v1/me", bearer).problem(401, "UNAUTHORIZED");
  }

  private Answer get(String path, String bearer) {
    return api.http.get(path).anonymous().header("Authorization", bearer).send();
  }

  @Test
  void only_the_hash_of_a_token_is_kept() {
    String token = login("admin", "right").ok(200).json().getString("token");

    assertThat(api.stores.tokens.keySet()).noneMatch(kept -> kept.contains(token));
  }

  @Test
  void a_wrong_password_and_an_unknown_user_get_the_same_answer() {
    String wrong = login("admin", "wrong").problem(401, "WRONG_PASSWORD").getString("detail");
    String unknown = login("nobody", "wrong").problem(401, "WRONG_PASSWORD").getString("detail");

    assertThat(wrong).isEqualTo(unknown);
  }

  @Test
  void the_cookie_reads_but_changes_only_from_a_page_of_this_server() {
    Answer login = login("admin", "right").ok(200);
    assertThat(login.header("Set-Cookie")).contains("HttpOnly", "SameSite=Strict", "Path=/");
    String cookie = login.header("Set-Cookie").replaceAll(";.*", "");
    String own = "http://127.0.0.1:" + api.port();

    api.http.get("/api/v1/me").anonymous().header("Cookie", cookie).send().ok(200);
    create("a", cookie, "Origin", own).ok(201);
    create("b", cookie, "X-Porpoise-Request", "1").ok(201);
    create("c", cookie, "Accept", "*/*").problem(403, "CROSS_SITE_REQUEST");
    create("d", cookie, "Origin", "http://evil.example").problem(403, "CROSS_SITE_REQUEST");
  }

  private Answer create(String name, String cookie, String header, String value) {
    return api.http
        .post("/api/v1/projects")
        .anonymous()
        .header("Cookie", cookie)
        .header(header, value)
        .json("{'name':'" + name + "'}")
        .send();
  }

  @Test
  void a_cluster_without_a_chosen_password_does_not_start() {
    FirstUser first = new FirstUser(api.stores.users(), new Passwords(api.vertx, 1_000));

    Assertions.assertThatThrownBy(
            () -> first.ensure(new AdminConfig("root", new Secret("")), false).blockingAwait())
        .hasMessageContaining("PORPOISE_ADMIN_PASSWORD");
  }

  @Test
  void standalone_has_the_known_password_until_another_is_chosen() {
    FirstUser first = new FirstUser(api.stores.users(), new Passwords(api.vertx, 1_000));
    first.ensure(new AdminConfig("root", new Secret("")), true).blockingAwait();
    login("root", FirstUser.STANDALONE_PASSWORD).ok(200);

    first.ensure(new AdminConfig("root", new Secret("chosen")), true).blockingAwait();
    login("root", "chosen").ok(200);
    first.ensure(new AdminConfig("root", new Secret("another")), true).blockingAwait();
    login("root", "chosen").ok(200);
  }
}
