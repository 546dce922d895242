//! The steps that scenarios are told in; each one checks what must hold after it.

use super::{Output, Workspace};

impl Workspace {
    /// Applies a configuration; afterwards every plan must be empty.
    #[track_caller]
    pub(crate) fn apply(&mut self, configuration: &str) -> Output {
        self.write("main.tf", configuration);
        self.apply_as_is(&[])
    }

    /// Applies what is already written; afterwards every plan must be empty.
    #[track_caller]
    pub(crate) fn apply_as_is(&mut self, options: &[&str]) -> Output {
        self.sandbox.between_steps();
        let arguments = [&["apply", "-auto-approve", "-no-color"], options].concat();
        let output = self.run(&arguments).expect_code(0, "applied");
        self.assert_settled();
        output
    }

    /// Applies a configuration that must fail, and gives what was said.
    #[track_caller]
    pub(crate) fn apply_failing(&mut self, configuration: &str) -> Output {
        self.sandbox.between_steps();
        self.write("main.tf", configuration);
        self.run(&["apply", "-auto-approve", "-no-color"])
            .expect_code(1, "failed")
    }

    /// Fails unless plans with and without a refresh are empty, and a refresh changes nothing in the state.
    #[track_caller]
    pub(crate) fn assert_settled(&mut self) {
        self.sandbox.between_steps();
        for options in [&["-refresh=false"][..], &[]] {
            let arguments = [&["plan", "-no-color", "-detailed-exitcode"], options].concat();
            self.run(&arguments).expect_code(0, "no changes");
        }
        if !std::mem::replace(&mut self.refresh_only_checked, true) {
            self.assert_refresh_only_clean();
        }
    }

    /// Fails unless `plan -refresh-only` is empty, which is stricter than a plan: nothing in the state may change.
    ///
    /// Two kinds of CLI exit with 2 and say that nothing changed, and there their words count: Terraform 1.15 where the
    /// state has a data source, whichever provider's; Terraform 1.11 and OpenTofu where a sensitive value is null, which
    /// they note down differently from one command to the next.
    #[track_caller]
    pub(crate) fn assert_refresh_only_clean(&mut self) {
        let arguments = ["plan", "-no-color", "-refresh-only", "-detailed-exitcode"];
        let output = self.run(&arguments);
        if output.code == Some(2) && output.text().contains("still matches the configuration") {
            return;
        }
        output.expect_code(0, "state and API agree");
    }

    /// Imports with the `import` blocks in `configuration`; the plan must do nothing else.
    #[track_caller]
    pub(crate) fn import_by_block(&mut self, configuration: &str, addresses: &[&str]) {
        self.sandbox.between_steps();
        self.write("main.tf", configuration);
        let plan = self.plan(&[]);
        for address in addresses {
            assert!(plan.imports(address), "{address} is not imported");
            assert_eq!(
                plan.actions(address),
                ["no-op"],
                "{address} is imported and changed"
            );
        }
        assert!(
            plan.text.contains("0 to add, 0 to change, 0 to destroy"),
            "the import is not all"
        );
        self.apply_as_is(&[]);
    }

    /// Destroys everything; afterwards the state is empty.
    #[track_caller]
    pub(crate) fn destroy(&mut self) -> Output {
        self.sandbox.between_steps();
        let output = self
            .run(&["destroy", "-auto-approve", "-no-color"])
            .expect_code(0, "destroyed");
        self.assert_state_is_empty();
        output
    }
}
