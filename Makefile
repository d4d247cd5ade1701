# Every target fails when its tool fails. `make help` lists them.
SHELL := /bin/bash
MVN := mvn -B -ntp
VERSION := $(shell sed -n 's|^  <version>\(.*\)</version>|\1|p' pom.xml | head -1)
RELEASE := target/release/chainrule-$(VERSION)
COMMIT := $(shell git rev-parse --short=12 HEAD 2>/dev/null || echo unknown)
RUN := configs/mnist.yaml
ARCHIVED := configs/flowers.yaml
PICTURED := configs/flowers.yaml
FILTER :=
SECONDS := 60
BOUND := 100
SEED := 1
BEFORE :=
FUZZED := modules/app/target/fuzz
DOUBLE := modules/math/target/generated-sources/double
# Of math, the types that plugins see.
SHOWN_OF_MATH = $(shell sed -n '/List<String> MATH = /,/;/s/.*"\(.*\)".*/\1/p' modules/api/src/main/java/dev/chainrule/api/Api.java)
JAVADOC_OF_MATH = $(foreach type,package-info $(SHOWN_OF_MATH),\
	$(if $(filter Double%,$(type)),$(DOUBLE),modules/math/src/main/java)/dev/chainrule/math/$(type).java)
BENCH := java --add-modules jdk.incubator.vector -jar modules/bench/target/bench.jar
# With a FILTER the kernels are measured that fit, and nothing else.
BENCHED := $(if $(FILTER),,machine w1 w2 w3 w4 plugins checkpoint command) kernels

.DEFAULT_GOAL := help
.PHONY: help jar release committed install javadoc run test check lint proof power arm fuzz soak oracle field book book-all pictures tables bench bench-peers clean tools

help: ## List the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 18

jar: tools ## Build pipeline.jar, without running tests
	@$(MVN) -q -Dmaven.test.skip -Dspotless.check.skip -Dchainrule.commit=$(COMMIT) -pl modules/app,plugins/swish -am package
	@rm -f pipeline-*.jsa && cp modules/app/target/pipeline.jar pipeline.jar
	@CHAINRULE_LAUNCHER=archive java -Dchainrule.kernels=vector -jar pipeline.jar run $(ARCHIVED) --dry-run --quiet

release: committed jar javadoc ## Write jar, sources, Javadoc and their SHA-256 to target/release
	@rm -rf target/release && mkdir -p target/release
	@cp pipeline.jar $(RELEASE).jar
	@git archive --format=zip --prefix=chainrule-$(VERSION)/ -o $(RELEASE)-src.zip HEAD
	@jar --create --file $(RELEASE)-sources.jar $(foreach folder,$(wildcard modules/*/src/main/java) $(DOUBLE),-C $(folder) dev)
	@jar --create --file $(RELEASE)-javadoc.jar -C target/javadoc .
	@cd target/release && sha256sum chainrule-* > SHA256SUMS && cat SHA256SUMS

committed:
	@test -z "$$(git status --porcelain)" || { echo "Commit your changes first: a release is built from a commit." >&2; exit 1; }

install: tools ## Put the API and the test kit into the local Maven repository, for plugins
	@$(MVN) -q -Dmaven.test.skip -Dspotless.check.skip -pl modules/testkit -am install

javadoc: tools ## Write the Javadoc of api and math, as plugins see it, to target/javadoc; a gap in it is an error
	@$(MVN) -q -Dmaven.test.skip -Dspotless.check.skip -Dmdep.outputFile=target/classpath -pl modules/math \
		compile dependency:build-classpath
	@javadoc -quiet -Xdoclint:all -Werror --release 17 -d target/javadoc \
		-cp "$$(cat modules/math/target/classpath):modules/math/target/classes" \
		--source-path modules/api/src/main/java -subpackages dev.chainrule.api $(JAVADOC_OF_MATH)
	@echo "target/javadoc/index.html"

run: jar ## Build and train configs/mnist.yaml (RUN=… for another config)
	@java -jar pipeline.jar $(RUN)

test: tools ## Run every test
	@$(MVN) -Dchainrule.commit=$(COMMIT) verify

proof: tools ## Run the long experiments that make test leaves out (MNIST_DIR must be set)
	@$(MVN) -DfailIfNoTests=false -Dchainrule.excluded= -Dgroups=proof verify

power: tools ## Lose the power at every system call of saving, resume what is left (BOUND=100 states each; needs strace and python3)
	@$(MVN) -q -DfailIfNoTests=false -Dspotless.check.skip -Dchainrule.excluded= -Dchainrule.power.bound=$(BOUND) -Dtest=PowerLossTests \
		-Dsurefire.failIfNoSpecifiedTests=false -pl modules/app -am test

arm: tools ## Train small networks on an emulated ARM processor, compare the bits with this machine's (needs Debian's apt-get)
	@tools/arm/jdk.sh target/arm
	@$(MVN) -DfailIfNoTests=false -Dspotless.check.skip -Dchainrule.excluded= -Dgroups=arm -Dchainrule.arm=$(CURDIR)/target/arm/jdk \
		-pl modules/app -am test

fuzz: tools ## Let Jazzer search for configs that break the reader (SECONDS=60; JDK 17 or 21)
	@java -XshowSettings:properties -version 2>&1 | grep -qE 'java.specification.version = (17|21)$$' || { echo "Jazzer runs on JDK 17 and 21: put one of them first in the PATH." >&2; exit 1; }
	@$(MVN) -q -Pfuzz -DskipTests -Dspotless.check.skip -pl modules/app -am process-test-classes
	@mkdir -p $(FUZZED)/corpus $(FUZZED)/seeds
	@set -e; for file in configs/*.yaml configs/examples/*.yaml configs/nielsen/*.yaml modules/config/src/test/resources/golden/*/*.yaml; do cp "$$file" "$(FUZZED)/seeds/$${file//\//-}"; done
	@cd $(FUZZED) && java -Dchainrule.root="$(CURDIR)" -cp "$$(cat ../fuzz.classpath):../test-classes:../classes" com.code_intelligence.jazzer.Jazzer \
		--target_class=dev.chainrule.app.ConfigFuzzer --instrumentation_includes='dev.chainrule.config.**:dev.chainrule.model.**:dev.chainrule.builtin.**:org.yaml.**' \
		-max_total_time=$(SECONDS) -max_len=4096 -timeout=20 corpus seeds

soak: jar ## Kill, damage and resume small trainings at random, compare each with an undisturbed one (SECONDS=3600 SEED=1)
	@python3 -B tools/soak/soak.py --seconds $(SECONDS) --seed $(SEED)

oracle: ## Compute the numbers that tests compare with anew (needs python3 with NumPy, and Debian's python3-sklearn)
	@python3 modules/app/src/test/oracle/network_784_30_10.py
	@python3 modules/app/src/test/oracle/layers.py
	@python3 modules/app/src/test/oracle/windows.py
	@python3 modules/app/src/test/oracle/graphs.py
	@python3 modules/app/src/test/oracle/positions.py
	@python3 modules/app/src/test/oracle/networks.py
	@python3 modules/app/src/test/oracle/components.py
	@python3 modules/app/src/test/oracle/lbfgs.py
	@python3 modules/app/src/test/oracle/metrics.py
	@python3 modules/app/src/test/oracle/columns.py
	@/usr/bin/python3 -B modules/app/src/test/oracle/scikit.py
	@python3 modules/engine/src/test/oracle/calibration.py

field: jar ## Run init and run on tables from packages, write docs/FIELD.md (BEFORE=old.jar to compare; minutes to an hour)
	@python3 -B tools/field/field.py $(if $(BEFORE),--before '$(BEFORE)')

book: jar ## Run the quick experiments of configs/nielsen, write docs/BOOK.md (MNIST_DIR must be set; ten minutes on two cores)
	@python3 -B tools/book/book.py

book-all: jar ## The same with the long ones (many hours; runs that are complete are not repeated)
	@python3 -B tools/book/book.py --all

pictures: jar ## Take the pictures of README.md, of a report and of a terminal (Debian's Chromium and npm are required)
	@tools/browser/install.sh
	@rm -rf target/pictures && mkdir -p target/pictures
	@COLUMNS=100 java -jar pipeline.jar $(PICTURED) --run-dir target/pictures/run > target/pictures/terminal.txt
	@node tools/browser/pictures.mjs target/browser/node_modules docs/pictures target/pictures/run/report.html target/pictures/terminal.txt

tables: jar ## Train what init writes beside scikit-learn, write docs/TABLES.md (needs Debian's python3-sklearn; minutes)
	@/usr/bin/python3 -B tools/tables/compare.py

check: tools ## Format, compile and run the quick tests
	@$(MVN) -q spotless:apply
	@$(MVN) -q -Dchainrule.excluded='slow|proof|arm' test

lint: tools ## Compile everything with Error Prone, whose warnings are errors
	@rm -rf modules/*/target/lint plugins/*/target/lint
	@$(MVN) -q -Plint -DskipTests -Dspotless.check.skip test-compile

bench: jar ## Measure kernels, trainings, checkpoints and the command (FILTER='NN float32 512' for some kernels alone)
	@$(MVN) -q -Dmaven.test.skip -Dspotless.check.skip -pl modules/bench -am package
	@set -e; for part in $(BENCHED); do $(BENCH) $$part $(if $(FILTER),'$(FILTER)'); done

bench-peers: tools ## Measure trainings beside PyTorch, DL4J, EJML and NumPy, predictions beside ONNX Runtime (downloads 650 MB)
	@$(MVN) -q -Ppeers -Dmaven.test.skip -Dspotless.check.skip -pl modules/bench -am package
	@$(BENCH) machine && $(BENCH) peers && $(BENCH) predictions

clean: ## Remove what was built
	@rm -rf pipeline.jar pipeline-*.jsa target modules/*/target plugins/*/target

tools:
	@command -v java >/dev/null && command -v javac >/dev/null || { echo "No JDK found: install one of version 17 or later, such as Debian's openjdk-17-jdk." >&2; exit 1; }
	@command -v mvn >/dev/null || { echo "Maven not found: install version 3.6.3 or later, such as Debian's maven." >&2; exit 1; }
