# One image for every process of caseflow; docker-compose.yml names the command of each.
FROM python:3.12-slim AS build
WORKDIR /src
RUN python -m venv /opt/build && python -m venv /opt/caseflow
COPY requirements/build.lock requirements/runtime.lock requirements/
RUN /opt/build/bin/pip install --no-cache-dir --require-hashes -r requirements/build.lock \
 && /opt/caseflow/bin/pip install --no-cache-dir --require-hashes -r requirements/runtime.lock
COPY . .
RUN /opt/build/bin/python -m hatchling build -t wheel -d /dist \
 && /opt/caseflow/bin/pip install --no-cache-dir --no-deps /dist/*.whl \
 && /opt/caseflow/bin/pip check

FROM python:3.12-slim
RUN useradd --system --user-group --home-dir /var/lib/caseflow --create-home caseflow
COPY --from=build /opt/caseflow /opt/caseflow
COPY --chmod=755 infra/compose/stay_stopped /usr/local/bin/stay_stopped
ENV PATH=/opt/caseflow/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    CASEFLOW_DATA=/var/lib/caseflow
USER caseflow
WORKDIR /var/lib/caseflow
ENTRYPOINT ["stay_stopped", "caseflow"]
CMD ["--help"]
