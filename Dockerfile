# The packages are installed where pip is, and only the result is shipped. The Python is the one the tests run on.
FROM python:3.11-slim-bookworm AS packages
WORKDIR /build
COPY requirements.lock ./
RUN python -m venv --without-pip /opt/giaoban \
 && python -m pip --python /opt/giaoban/bin/python install \
    --no-cache-dir --require-hashes --only-binary :all: -r requirements.lock

FROM python:3.11-slim-bookworm
ENV PATH=/opt/giaoban/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    WEB_HOST=0.0.0.0 \
    WEB_PORT=8080 \
    XDG_CACHE_HOME=/app/data/cache
WORKDIR /app
COPY --from=packages /opt/giaoban /opt/giaoban
COPY bot bot
COPY --chown=10001:10001 knowledge knowledge
RUN python -m compileall -q bot \
 && mkdir data \
 && chown 10001:10001 data
USER 10001:10001
VOLUME ["/app/data", "/app/knowledge"]
EXPOSE 8080
# A part that is ill makes /health answer 503, which urlopen raises as an error.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen('http://127.0.0.1:' + os.environ['WEB_PORT'] + '/health', timeout=4)"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
