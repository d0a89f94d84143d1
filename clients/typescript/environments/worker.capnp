using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "main", worker = .worker),
    # Cloudflare reaches public addresses only; the test server is on this machine.
    (name = "internet", network = (allow = ["public", "private", "local"])),
  ],
);

const worker :Workerd.Worker = (
  modules = [(name = "worker.mjs", esModule = embed ".work/worker.mjs")],
  compatibilityDate = "COMPATIBILITY_DATE",
  bindings = [
    (name = "API_URL", fromEnvironment = "API_URL"),
    (name = "TOKEN", fromEnvironment = "TOKEN"),
    (name = "CLOSED_URL", fromEnvironment = "CLOSED_URL"),
    (name = "SILENT_URL", fromEnvironment = "SILENT_URL"),
  ],
);
